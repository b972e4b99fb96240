import assert from 'node:assert/strict';
import { AgentAccess, type AgentAccessDeps } from '../../../runner/core/agents/agentAccess.ts';
import { AgentReader } from '../../../runner/core/agents/agentReader.ts';
import type { StoredAgent } from '../../../runner/core/agents/agentStore.ts';
import type { ResolvedStart } from '../../../runner/core/agents/startResolver.ts';
import { StartsUnderway } from '../../../runner/core/agents/startsUnderway.ts';
import { Changes } from '../../../runner/core/changes.ts';
import type { Clock } from '../../../runner/core/ports.ts';

type ReaderDeps = ConstructorParameters<typeof AgentReader>[0];

describe('an agent that is being started', () => {
  let changed: string[];
  let stored: StoredAgent[];
  let hookItems: number;
  let underway: StartsUnderway;
  let reader: AgentReader;

  const start = {
    issue: { id: 'MIN-1', title: 'Fix timezone drift' },
    project: { name: 'min', path: '/repo' },
    runtime: { name: 'claude' },
    model: 'sonnet',
    mode: 'auto',
    lastFence: 0,
  } as ResolvedStart & { lastFence: number };
  const listed = async (ids?: string[]) =>
    (await reader.list(ids)).map(({ id, status, reason }) => `${id} ${status} ${reason}`);
  const unreadable = (id: string): StoredAgent => ({
    kind: 'unreadable',
    id,
    issueId: id.replace('agent-', '').toUpperCase(),
    reason: 'broken',
    since: '2026-01-01T00:00:00.000Z',
  });

  beforeEach(() => {
    changed = [];
    stored = [];
    hookItems = 0;
    const changes = new Changes();
    changes.listen(({ scope, ids }) => changed.push(`${scope} ${ids}`));
    underway = new StartsUnderway({ changes, clock: { now: () => new Date(0) } as Clock });
    reader = new AgentReader({
      underway,
      store: { list: async () => stored, get: async (id: string) => stored.find((each) => each.id === id) },
      hooks: { count: async () => hookItems },
    } as unknown as ReaderDeps);
  });

  it('is listed with the phase of its start before anything is stored of it, and told of', async () => {
    await underway.during(start, async (tell) => {
      assert.deepEqual(await listed(), []);
      tell('creating workspace');
      assert.deepEqual(await listed(), ['agent-min-1 starting creating workspace']);
      assert.deepEqual(await listed(['agent-min-1']), ['agent-min-1 starting creating workspace']);
      assert.deepEqual(await listed(['agent-min-2']), []);
      tell('starting claude');
      assert.deepEqual(await listed(), ['agent-min-1 starting starting claude']);
    });
    assert.deepEqual(await listed(), []);
    assert.deepEqual(changed, ['agents agent-min-1', 'agents agent-min-1', 'agents agent-min-1']);
  });

  it('has the items of its hook', async () => {
    hookItems = 2;
    await underway.during(start, async (tell) => {
      tell('creating workspace');
      assert.deepEqual(
        (await reader.list()).map((agent) => agent.hookItems),
        [2],
      );
    });
  });

  it('is not there yet for those who ask for it', async () => {
    const issues = { show: async () => ({ id: 'MIN-1' }) };
    const access = new AgentAccess({ underway, issues, store: { has: () => false } } as unknown as AgentAccessDeps);
    await underway.during(start, async (tell) => {
      tell('creating workspace');
      await assert.rejects(access.find('MIN-1'), {
        code: 'agentStarting',
        message: 'MIN-1 is being started: creating workspace.',
        hint: 'Try again in a moment.',
      });
    });
    await assert.rejects(access.find('MIN-1'), { code: 'noAgent', message: 'MIN-1 has no agent yet.' });
  });

  it('is no longer listed when the start failed', async () => {
    const failing = underway.during(start, async (tell) => {
      tell('creating workspace');
      throw new Error('No space left.');
    });
    await assert.rejects(failing, /No space left/);
    assert.deepEqual(await listed(), []);
    assert.equal(changed.length, 2);
  });

  it('stands for the agent that the issue had before, beside others', async () => {
    stored = [unreadable('agent-min-1'), unreadable('agent-min-2')];
    await underway.during(start, async (tell) => {
      tell('creating workspace');
      assert.deepEqual(await listed(), ['agent-min-1 starting creating workspace', 'agent-min-2 unreadable broken']);
    });
    assert.deepEqual(await listed(), ['agent-min-1 unreadable broken', 'agent-min-2 unreadable broken']);
  });

  it('is read from its state as soon as the start has written one', async () => {
    const written = { kind: 'ok', id: 'agent-min-1', issueId: 'MIN-1', state: { fence: 1 } } as StoredAgent;
    const seen: StoredAgent[] = [];
    reader.view = async (each) => {
      seen.push(each);
      return { issueId: each.issueId, id: each.id, status: 'working', reason: '' } as never;
    };
    await underway.during(start, async (tell) => {
      tell('starting claude');
      stored = [written];
      assert.deepEqual(await listed(), ['agent-min-1 working ']);
    });
    assert.deepEqual(seen, [written]);
  });
});
