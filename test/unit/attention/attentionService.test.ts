import assert from 'node:assert/strict';
import { AttentionWorld } from './attentionWorld.ts';
import { aPolicy, asking, numbered } from './models.ts';

describe('the attention of people', () => {
  let world: AttentionWorld;

  beforeEach(async () => {
    world = new AttentionWorld();
    await world.startDaemon();
  });

  it('is asked for once a request has waited for three seconds', async () => {
    const window = world.open();
    await world.pass(0);
    world.become(asking(1));
    await world.pass(3_000);
    assert.deepEqual(window.texts, []);
    await world.pass(200);
    assert.deepEqual(window.texts, ['MIN-1 (claude) wants to run: npm test']);
    await world.pass(60_000);
    assert.equal(window.texts.length, 1);
  });

  it('is not asked for by a request that is answered meanwhile', async () => {
    const window = world.open();
    await world.pass(0);
    world.become(asking(1));
    await world.pass(2_000);
    world.become(numbered(1));
    await world.pass(60_000);
    assert.deepEqual(window.texts, []);
  });

  it('is asked for once by five events in two seconds', async () => {
    const window = world.open();
    await world.pass(0);
    for (let number = 1; number <= 5; number += 1) {
      world.become(asking(number));
      await world.pass(500);
    }
    await world.pass(60_000);
    assert.deepEqual(window.texts, ['5 agents need you: MIN-1, MIN-2, MIN-3 and 2 more']);
  });

  it('is asked for at most every twenty seconds, and what comes meanwhile comes together', async () => {
    const window = world.open();
    await world.pass(0);
    world.become(asking(1));
    await world.pass(5_000);
    world.become(asking(2));
    await world.pass(5_000);
    world.become(numbered(3, { status: 'done' }));
    await world.pass(12_000);
    assert.equal(window.texts.length, 1);
    await world.pass(2_000);
    assert.deepEqual(window.texts.slice(1), ['MIN-2 needs you. MIN-3 is finished']);
  });

  it('is not asked for a fourth time in five minutes, until the person acts', async () => {
    const window = world.open();
    await world.pass(0);
    for (let number = 1; number <= 5; number += 1) {
      world.become(asking(number));
      await world.pass(30_000);
    }
    assert.equal(window.texts.length, 3);
    world.become(numbered(2));
    await world.pass(1_000);
    world.become(asking(6));
    await world.pass(30_000);
    assert.deepEqual(window.texts.slice(3), ['MIN-6 (claude) wants to run: npm test']);
  });

  it('comes back also when the person looks at one of them', async () => {
    const window = world.open();
    await world.pass(0);
    for (let number = 1; number <= 4; number += 1) {
      world.become(asking(number));
      await world.pass(30_000);
    }
    world.say(window, { lookingAt: ['agent-min-4'] });
    world.become(asking(5));
    await world.pass(30_000);
    assert.equal(window.texts.length, 4);
  });

  it('is asked for in the window that has the focus and the project', async () => {
    const [other, right, away] = [
      world.open({ projects: ['househunt'] }),
      world.open(),
      world.open({ focused: false, projects: ['myn'] }),
    ];
    await world.pass(0);
    world.become(asking(1));
    await world.pass(10_000);
    assert.deepEqual([other.texts.length, right.texts.length, away.texts.length], [0, 1, 0]);
    world.become(numbered(1));
    world.say(right, { focused: false });
    world.become(asking(2));
    await world.pass(60_000);
    assert.deepEqual([other.texts.length, right.texts.length, away.texts.length], [1, 1, 0]);
  });

  it('goes to the window that got the focus last, where several have it', async () => {
    const first = world.open();
    await world.pass(1_000);
    const second = world.open();
    await world.pass(0);
    world.become(asking(1));
    await world.pass(10_000);
    assert.deepEqual([first.texts.length, second.texts.length], [0, 1]);
  });

  it('is led to a summary when a window gets the focus', async () => {
    const window = world.open({ focused: false });
    const another = world.open({ focused: false });
    await world.pass(0);
    world.become(asking(1), asking(2), ...[3, 4, 5].map((number) => numbered(number, { status: 'done' })));
    await world.pass(60_000);
    world.become(numbered(2));
    await world.pass(1_000);
    assert.deepEqual(window.texts, []);
    world.say(window, {});
    await world.pass(1_000);
    world.say(another, {});
    await world.pass(60_000);
    assert.deepEqual([window.texts, another.texts], [['While you were away: 1 needs you, 3 finished'], []]);
  });

  it('is spared while notifications are paused, with one summary after', async () => {
    const window = world.open();
    await world.service.mute({ until: '2026-11-22T15:31:00.000Z' });
    await world.pass(0);
    world.become(asking(1));
    world.become(numbered(2, { status: 'done' }));
    await world.pass(59 * 60_000);
    assert.deepEqual([window.texts, world.service.muting()], [[], { until: '2026-11-22T15:31:00.000Z' }]);
    world.fired = [];
    await world.pass(61_000);
    assert.deepEqual(window.texts, ['While notifications were paused: 1 needs you, 1 finished']);
    assert.deepEqual([world.service.muting(), world.fired], [{ until: null }, ['attention']]);
  });

  it('is spared until the person resumes', async () => {
    const window = world.open();
    await world.service.mute({ until: 'always' });
    await world.pass(0);
    world.become(asking(1));
    await world.pass(60_000);
    await world.startDaemon();
    assert.deepEqual(world.service.muting(), { until: 'always' });
    world.say(window, {});
    await world.pass(60_000);
    assert.deepEqual(window.texts, []);
    assert.deepEqual(await world.service.mute({ until: null }), { until: null });
    await world.pass(1_000);
    assert.equal(window.texts.length, 1);
  });

  it('cannot be spared until a time that is none', async () => {
    await assert.rejects(world.service.mute({ until: 'soon' }), /cannot be paused until "soon"/);
  });

  it('is not asked for again by a daemon that starts, and another window', async () => {
    world.open();
    await world.pass(0);
    world.become(asking(1));
    await world.pass(10_000);
    world.service.stop();
    await world.startDaemon();
    const window = world.open();
    await world.pass(60_000);
    assert.deepEqual(window.texts, []);
  });

  it('is led by a summary to what a daemon found when it started', async () => {
    world.agents = [asking(1), asking(2), numbered(3, { status: 'done', since: '2026-11-20T14:31:00.000Z' })];
    const window = world.open();
    await world.pass(60_000);
    assert.deepEqual(window.texts, ['While you were away: 2 need you']);
  });

  it('is not asked for again when a request shows again, or is known better', async () => {
    const window = world.open();
    await world.pass(0);
    world.become(numbered(1, { status: 'waiting' }));
    await world.pass(10_000);
    world.become(asking(1));
    await world.pass(30_000);
    world.become(numbered(1, { status: 'unknown' }));
    await world.pass(1_000);
    world.become(asking(1));
    await world.pass(1_000);
    world.become(numbered(1));
    await world.pass(1_000);
    world.become(asking(1));
    await world.pass(60_000);
    assert.deepEqual(window.texts, ['MIN-1 (claude) waits for you: reading 14 files']);
  });

  it('is not asked for by work that the person marked done, however long that takes', async () => {
    const window = world.open();
    await world.pass(0);
    const agent = numbered(1, { status: 'done' });
    await world.service.finishedByPerson(agent.id, async () => {
      world.become(agent);
      await world.pass(10_000);
      return agent;
    });
    await world.pass(60_000);
    assert.deepEqual([window.texts, world.record.told], [[], ['agent-min-1 finished 1']]);
  });

  it('needs no look and no timer without a window', async () => {
    const window = world.open({ showsAgents: true });
    await world.pass(0);
    world.become(asking(1));
    await world.pass(1_000);
    world.service.closed(window.client);
    await world.pass(1_000);
    const before = world.lists;
    world.become(asking(2));
    await world.pass(60_000);
    assert.deepEqual([world.lists, world.clock.waiting], [before, 0]);
    const next = world.open();
    await world.pass(10_000);
    assert.deepEqual(next.texts, ['While you were away: 2 need you']);
  });

  it('is told of ages that read differently, where they are shown', async () => {
    world.agents = [asking(1), numbered(2)];
    const [shows, hides] = [world.open({ showsAgents: true }), world.open()];
    await world.pass(58_000);
    assert.deepEqual([shows.aged, hides.aged], [[], []]);
    await world.pass(4_000);
    assert.deepEqual([shows.aged, hides.aged], [['agent-min-1', 'agent-min-2'], ['agent-min-1']]);
  });

  it('has no timer for ages that nobody sees', async () => {
    world.agents = [numbered(2, { status: 'idle' })];
    world.open();
    await world.pass(1_000);
    assert.equal(world.clock.waiting, 0);
  });

  it('is over with an agent that is gone before it was told of', async () => {
    const window = world.open();
    await world.pass(0);
    world.become(asking(1));
    await world.pass(1_000);
    world.lose('agent-min-1');
    await world.pass(5_000);
    const before = world.lists;
    await world.pass(10_000);
    assert.deepEqual([window.texts, world.lists - before, world.clock.waiting], [[], 0, 0]);
  });

  it('is over with one that was away unnoticed when it is told of', async () => {
    const window = world.open();
    await world.pass(0);
    world.become(asking(1));
    await world.pass(1_000);
    world.agents = [];
    await world.pass(60_000);
    assert.deepEqual([window.texts, world.lists, world.clock.waiting], [[], 3, 0]);
  });

  it('has no timer for an agent that worked and is gone', async () => {
    world.open({ showsAgents: true });
    await world.pass(0);
    world.become(numbered(1));
    await world.pass(1_000);
    world.lose('agent-min-1');
    await world.pass(1_000);
    assert.equal(world.clock.waiting, 0);
  });

  it('is called to an agent that became stuck without a word', async () => {
    const window = world.open();
    world.become(numbered(1));
    await world.pass(1_000);
    world.fired = [];
    world.agents = [numbered(1, { status: 'stuck' })];
    await world.pass(6 * 60_000);
    assert.deepEqual(world.fired, ['agents agent-min-1']);
    assert.deepEqual(window.texts, ['MIN-1 (claude) looks stuck: no sign of life for 35 min']);
  });

  it('counts by the settings of the window that was focused last', async () => {
    const window = world.open({ policy: { ...aPolicy({ permission: 'off' }), delaySeconds: 0 } });
    await world.pass(0);
    world.become(asking(1));
    await world.pass(60_000);
    assert.deepEqual(window.texts, []);
  });
});
