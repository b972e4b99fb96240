import assert from 'node:assert/strict';
import { FleetImpl } from '../../../../extension/src/fleet/fleetImpl.ts';
import { sameAgent } from '../../../../extension/src/fleet/sameAgent.ts';
import { Signal } from '../../../../extension/src/signal.ts';
import { agentIdOf } from '../../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../../runner/protocol/models.ts';
import type { AgentListParams, DidChangeParams } from '../../../../runner/protocol/requests.ts';
import { MovableClock } from '../../../support/movableClock.ts';
import { waitFor } from '../../../support/waitFor.ts';
import { anAgent } from '../../cli/models.ts';

function agent(number: number, changes: Partial<Agent> = {}): Agent {
  const issueId = `MIN-${number}`;
  return anAgent({ id: agentIdOf(issueId), issueId, ...changes });
}

/** A runner that answers with its agents, or fails. */
function world() {
  const changes = new Signal<DidChangeParams>();
  const asked: AgentListParams[] = [];
  const events: (readonly string[])[] = [];
  const warnings: string[] = [];
  const runner = { agents: [] as Agent[], isThere: true, failure: undefined as Error | undefined };
  const clock = new MovableClock();
  const list = async (params: AgentListParams = {}) => {
    asked.push(params);
    if (runner.failure !== undefined) throw runner.failure;
    return runner.agents.filter(({ id }) => params.ids?.includes(id) ?? true);
  };
  const connected = () => (runner.isThere ? { agents: { list } } : undefined);
  const fleet = new FleetImpl({
    runner: { onDidChange: changes.event, connected },
    clock,
    log: { warn: (text: string) => warnings.push(text) },
  });
  fleet.onDidChange((ids) => events.push(ids));
  const settled = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  const change = async (...ids: string[]) => {
    changes.fire({ scope: 'agents', ids });
    await settled();
  };
  return { fleet, runner, clock, changes, asked, events, warnings, change, settled };
}

describe('the fleet', () => {
  it('fetches all at the connection, and then what is named', async () => {
    const { fleet, runner, asked, events, change, clock } = world();
    assert.equal(fleet.isKnown, false);
    runner.agents = [agent(1), agent(2)];
    await change();
    assert.equal(fleet.isKnown, true);
    runner.agents = [agent(1), agent(2, { status: 'idle' })];
    clock.move(100);
    await change('agent-min-2');
    assert.deepEqual(asked, [{}, { ids: ['agent-min-2'] }]);
    assert.deepEqual(events, [['agent-min-1', 'agent-min-2'], ['agent-min-2']]);
    assert.equal(fleet.get('agent-min-2')?.status, 'idle');
  });

  it('says that it is known when there is no agent', async () => {
    const { fleet, events, change } = world();
    await change();
    assert.deepEqual([fleet.isKnown, events], [true, [[]]]);
  });

  it('tells nobody of what looks the same, and keeps it all the same', async () => {
    const { fleet, runner, events, change, clock } = world();
    runner.agents = [agent(1)];
    await change();
    clock.move(100);
    runner.agents = [agent(1, { fence: 7, pid: 99 })];
    await change('agent-min-1');
    assert.equal(events.length, 1);
    assert.equal(fleet.get('agent-min-1')?.fence, 7);
  });

  it('forgets agents that are gone', async () => {
    const { fleet, runner, events, change, clock } = world();
    runner.agents = [agent(1), agent(2)];
    await change();
    clock.move(100);
    runner.agents = [agent(2)];
    await change('agent-min-1');
    assert.deepEqual(events[1], ['agent-min-1']);
    assert.deepEqual(fleet.all(), [agent(2)]);
    clock.move(100);
    runner.agents = [];
    await change();
    assert.deepEqual(events[2], ['agent-min-2']);
  });

  it('fetches at most once in 15 ms what comes in between, and needs a timer only for that', async () => {
    const { runner, asked, events, change, clock, settled } = world();
    runner.agents = [agent(1), agent(2)];
    await change();
    assert.equal(clock.waiting, 0);
    runner.agents = [agent(1, { status: 'idle' }), agent(2, { status: 'idle' })];
    await change('agent-min-1');
    await change('agent-min-2');
    assert.deepEqual([asked.length, clock.waiting], [1, 1]);
    clock.move(100);
    await settled();
    assert.deepEqual(asked[1], { ids: ['agent-min-1', 'agent-min-2'] });
    assert.deepEqual([events.length, clock.waiting], [2, 0]);
  });

  it('keeps what it knows while the runner is away, and after an answer that failed', async () => {
    const { fleet, runner, events, warnings, change, clock } = world();
    runner.agents = [agent(1)];
    await change();
    runner.isThere = false;
    await change('agent-min-1');
    clock.move(100);
    runner.isThere = true;
    runner.failure = new Error('no answer');
    await change();
    assert.deepEqual([fleet.all(), events.length], [[agent(1)], 1]);
    assert.deepEqual(warnings, ['Agents could not be read: no answer']);
  });

  it('is fresh once a refresh has ended', async () => {
    const { fleet, runner, change, clock } = world();
    await change();
    runner.agents = [agent(1)];
    const refreshed = fleet.refresh(['agent-min-1']);
    await waitFor(() => (clock.waiting === 1 ? true : undefined), { timeoutMs: 1_000, what: 'a fetch to be due' });
    clock.move(100);
    await refreshed;
    assert.deepEqual(fleet.all(), [agent(1)]);
  });

  it('leaves no timer behind', async () => {
    const { fleet, change, clock, changes, asked } = world();
    await change();
    await change('agent-min-1');
    fleet.dispose();
    assert.equal(clock.waiting, 0);
    changes.fire({ scope: 'agents', ids: [] });
    assert.equal(asked.length, 1);
  });
});

describe('agents that look the same', () => {
  const ask = {
    requestId: 'r',
    kind: 'permission' as const,
    oneLine: 'ls',
    brief: true,
    answers: [],
    options: [],
    since: 'x',
  };
  const table: [string, Partial<Agent>, boolean][] = [
    ['another process', { pid: 1 }, true],
    ['another start', { fence: 2 }, true],
    ['no process', { pid: null }, false],
    ['another status', { status: 'idle' }, false],
    ['another reason', { reason: 'x' }, false],
    ['another request', { ask }, false],
    ['another cause to be parked', { parked: { cause: 'limit', until: null } }, false],
    ['work on its hook', { hookItems: 1 }, false],
    ['another mode', { mode: 'bypass' }, false],
  ];
  for (const [what, changes, same] of table) {
    it(`${same ? 'may' : 'do not'} have ${what}`, () => assert.equal(sameAgent(anAgent(), anAgent(changes)), same));
  }
});
