import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { AttentionRecord } from '../../../runner/core/attention/attentionFile.ts';
import { AttentionService, type WindowClient } from '../../../runner/core/attention/attentionService.ts';
import { Changes } from '../../../runner/core/changes.ts';
import type { WindowState } from '../../../runner/protocol/attention.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { aPolicy, aRequest, asking, aWindow, numbered } from './models.ts';

/** A window and what it was told. */
interface Seen {
  client: WindowClient;
  texts: string[];
  aged: string[];
}

describe('the attention of people', () => {
  let clock: MovableClock;
  let changes: Changes;
  let fired: string[];
  let agents: Agent[];
  let lists: number;
  let record: AttentionRecord;
  let service: AttentionService;

  beforeEach(async () => {
    clock = new MovableClock('2026-11-22T14:31:00.000Z');
    changes = new Changes();
    fired = [];
    changes.listen(({ scope, ids }) => void fired.push([scope, ...ids].join(' ')));
    agents = [];
    lists = 0;
    record = { until: null, told: [] };
    service = await startDaemon();
  });

  /** What a daemon that ended kept is all that the next one has. */
  async function startDaemon(): Promise<AttentionService> {
    const started = new AttentionService({
      clock,
      log: { info: () => undefined, warn: () => undefined, error: (text, error) => assert.fail(`${text} ${error}`) },
      changes,
      file: {
        read: async () => record,
        write: async (written) => {
          record = structuredClone(written);
        },
      },
      agents: async (ids) => {
        lists += 1;
        return agents.filter(({ id }) => ids === undefined || ids.includes(id));
      },
      detailsOf: async (_, { id, ask }) => ({
        request: ask === null ? null : aRequest({ id: ask.requestId, agentId: id }),
        changes: null,
      }),
    });
    await started.start();
    return started;
  }

  function open(state: Partial<WindowState> = {}): Seen {
    const seen: Seen = {
      client: {
        present: ({ text }) => void seen.texts.push(text),
        didAge: (aged) => void seen.aged.push(...aged.agents),
      },
      texts: [],
      aged: [],
    };
    say(seen, state);
    return seen;
  }

  function say({ client }: Seen, state: Partial<WindowState>): void {
    service.window(client, aWindow(state));
  }

  /** The agents are these from now on. */
  function become(...next: Agent[]): void {
    const ids = new Set(next.map(({ id }) => id));
    agents = [...agents.filter(({ id }) => !ids.has(id)), ...next];
    changes.fire({ scope: 'agents', ids: [...ids] });
  }

  /** Lets time pass in steps of at most 100 ms, so that every timer finds its time. */
  async function pass(ms: number): Promise<void> {
    clock.move(0);
    for (let left = ms; ; left -= 100) {
      for (let turns = 0; turns < 8; turns += 1) await turn();
      if (left <= 0) return;
      clock.move(Math.min(left, 100));
    }
  }

  it('is asked for once a request has waited for three seconds', async () => {
    const window = open();
    await pass(0);
    become(asking(1));
    await pass(3_000);
    assert.deepEqual(window.texts, []);
    await pass(200);
    assert.deepEqual(window.texts, ['MIN-1 (claude) wants to run: npm test']);
    await pass(60_000);
    assert.equal(window.texts.length, 1);
  });

  it('is not asked for by a request that is answered meanwhile', async () => {
    const window = open();
    await pass(0);
    become(asking(1));
    await pass(2_000);
    become(numbered(1));
    await pass(60_000);
    assert.deepEqual(window.texts, []);
  });

  it('is asked for once by five events in two seconds', async () => {
    const window = open();
    await pass(0);
    for (let number = 1; number <= 5; number += 1) {
      become(asking(number));
      await pass(500);
    }
    await pass(60_000);
    assert.deepEqual(window.texts, ['5 agents need you: MIN-1, MIN-2, MIN-3 and 2 more']);
  });

  it('is asked for at most every twenty seconds, and what comes meanwhile comes together', async () => {
    const window = open();
    await pass(0);
    become(asking(1));
    await pass(5_000);
    become(asking(2));
    await pass(5_000);
    become(numbered(3, { status: 'done' }));
    await pass(12_000);
    assert.equal(window.texts.length, 1);
    await pass(2_000);
    assert.deepEqual(window.texts.slice(1), ['MIN-2 needs you. MIN-3 is finished']);
  });

  it('is not asked for a fourth time in five minutes, until the person acts', async () => {
    const window = open();
    await pass(0);
    for (let number = 1; number <= 5; number += 1) {
      become(asking(number));
      await pass(30_000);
    }
    assert.equal(window.texts.length, 3);
    become(numbered(2));
    await pass(1_000);
    become(asking(6));
    await pass(30_000);
    assert.deepEqual(window.texts.slice(3), ['MIN-6 (claude) wants to run: npm test']);
  });

  it('comes back also when the person looks at one of them', async () => {
    const window = open();
    await pass(0);
    for (let number = 1; number <= 4; number += 1) {
      become(asking(number));
      await pass(30_000);
    }
    say(window, { lookingAt: ['agent-min-4'] });
    become(asking(5));
    await pass(30_000);
    assert.equal(window.texts.length, 4);
  });

  it('is asked for in the window that has the focus and the project', async () => {
    const [other, right, away] = [
      open({ projects: ['househunt'] }),
      open(),
      open({ focused: false, projects: ['myn'] }),
    ];
    await pass(0);
    become(asking(1));
    await pass(10_000);
    assert.deepEqual([other.texts.length, right.texts.length, away.texts.length], [0, 1, 0]);
    become(numbered(1));
    say(right, { focused: false });
    become(asking(2));
    await pass(60_000);
    assert.deepEqual([other.texts.length, right.texts.length, away.texts.length], [1, 1, 0]);
  });

  it('goes to the window that got the focus last, where several have it', async () => {
    const first = open();
    await pass(1_000);
    const second = open();
    await pass(0);
    become(asking(1));
    await pass(10_000);
    assert.deepEqual([first.texts.length, second.texts.length], [0, 1]);
  });

  it('is led to a summary when a window gets the focus', async () => {
    const window = open({ focused: false });
    const another = open({ focused: false });
    await pass(0);
    become(asking(1), asking(2), ...[3, 4, 5].map((number) => numbered(number, { status: 'done' })));
    await pass(60_000);
    become(numbered(2));
    await pass(1_000);
    assert.deepEqual(window.texts, []);
    say(window, {});
    await pass(1_000);
    say(another, {});
    await pass(60_000);
    assert.deepEqual([window.texts, another.texts], [['While you were away: 1 needs you, 3 finished'], []]);
  });

  it('is spared while notifications are paused, with one summary after', async () => {
    const window = open();
    await service.mute({ until: '2026-11-22T15:31:00.000Z' });
    await pass(0);
    become(asking(1));
    become(numbered(2, { status: 'done' }));
    await pass(59 * 60_000);
    assert.deepEqual([window.texts, service.muting()], [[], { until: '2026-11-22T15:31:00.000Z' }]);
    fired = [];
    await pass(61_000);
    assert.deepEqual(window.texts, ['While notifications were paused: 1 needs you, 1 finished']);
    assert.deepEqual([service.muting(), fired], [{ until: null }, ['attention']]);
  });

  it('is spared until the person resumes', async () => {
    const window = open();
    await service.mute({ until: 'always' });
    await pass(0);
    become(asking(1));
    await pass(60_000);
    service = await startDaemon();
    assert.deepEqual(service.muting(), { until: 'always' });
    say(window, {});
    await pass(60_000);
    assert.deepEqual(window.texts, []);
    assert.deepEqual(await service.mute({ until: null }), { until: null });
    await pass(1_000);
    assert.equal(window.texts.length, 1);
  });

  it('cannot be spared until a time that is none', async () => {
    await assert.rejects(service.mute({ until: 'soon' }), /cannot be paused until "soon"/);
  });

  it('is not asked for again by a daemon that starts, and another window', async () => {
    open();
    await pass(0);
    become(asking(1));
    await pass(10_000);
    service.stop();
    service = await startDaemon();
    const window = open();
    await pass(60_000);
    assert.deepEqual(window.texts, []);
  });

  it('is led by a summary to what a daemon found when it started', async () => {
    agents = [asking(1), asking(2), numbered(3, { status: 'done', since: '2026-11-20T14:31:00.000Z' })];
    const window = open();
    await pass(60_000);
    assert.deepEqual(window.texts, ['While you were away: 2 need you']);
  });

  it('is not asked for again when a request shows again, or is known better', async () => {
    const window = open();
    await pass(0);
    become(numbered(1, { status: 'waiting' }));
    await pass(10_000);
    become(asking(1));
    await pass(30_000);
    become(numbered(1, { status: 'unknown' }));
    await pass(1_000);
    become(asking(1));
    await pass(1_000);
    become(numbered(1));
    await pass(1_000);
    become(asking(1));
    await pass(60_000);
    assert.deepEqual(window.texts, ['MIN-1 (claude) waits for you: reading 14 files']);
  });

  it('is not asked for by work that the person marked done, however long that takes', async () => {
    const window = open();
    await pass(0);
    const agent = numbered(1, { status: 'done' });
    await service.finishedByPerson(agent.id, async () => {
      become(agent);
      await pass(10_000);
      return agent;
    });
    await pass(60_000);
    assert.deepEqual([window.texts, record.told], [[], ['agent-min-1 finished 1']]);
  });

  it('needs no look and no timer without a window', async () => {
    const window = open({ showsAgents: true });
    await pass(0);
    become(asking(1));
    await pass(1_000);
    service.closed(window.client);
    await pass(1_000);
    const before = lists;
    become(asking(2));
    await pass(60_000);
    assert.deepEqual([lists, clock.waiting], [before, 0]);
    const next = open();
    await pass(10_000);
    assert.deepEqual(next.texts, ['While you were away: 2 need you']);
  });

  it('is told of ages that read differently, where they are shown', async () => {
    agents = [asking(1), numbered(2)];
    const [shows, hides] = [open({ showsAgents: true }), open()];
    await pass(58_000);
    assert.deepEqual([shows.aged, hides.aged], [[], []]);
    await pass(4_000);
    assert.deepEqual([shows.aged, hides.aged], [['agent-min-1', 'agent-min-2'], ['agent-min-1']]);
  });

  it('has no timer for ages that nobody sees', async () => {
    agents = [numbered(2, { status: 'idle' })];
    open();
    await pass(1_000);
    assert.equal(clock.waiting, 0);
  });

  it('is called to an agent that became stuck without a word', async () => {
    const window = open();
    become(numbered(1));
    await pass(1_000);
    fired = [];
    agents = [numbered(1, { status: 'stuck' })];
    await pass(6 * 60_000);
    assert.deepEqual(fired, ['agents agent-min-1']);
    assert.deepEqual(window.texts, ['MIN-1 (claude) looks stuck: no sign of life for 35 min']);
  });

  it('counts by the settings of the window that was focused last', async () => {
    const window = open({ policy: { ...aPolicy({ permission: 'off' }), delaySeconds: 0 } });
    await pass(0);
    become(asking(1));
    await pass(60_000);
    assert.deepEqual(window.texts, []);
  });
});
