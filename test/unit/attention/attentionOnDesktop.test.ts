import assert from 'node:assert/strict';
import type { NoticePolicy } from '../../../runner/protocol/attention.ts';
import { AttentionWorld } from './attentionWorld.ts';
import { aPolicy, asking, numbered } from './models.ts';

const policy: NoticePolicy = { ...aPolicy(), osNotifications: 'whenUnfocused' };

describe('the attention of people who are in another program', () => {
  let world: AttentionWorld;

  beforeEach(async () => {
    world = new AttentionWorld();
    await world.startDaemon();
  });

  it('is asked for once while no window has the focus, and led to a summary when one gets it', async () => {
    const window = world.open({ policy, focused: false });
    await world.pass(0);
    world.become(asking(1));
    await world.pass(60_000);
    assert.deepEqual([world.onDesktop, window.texts], [['MIN-1 (claude) wants to run: npm test'], []]);
    world.say(window, { policy });
    await world.pass(60_000);
    assert.deepEqual([world.onDesktop.length, window.texts], [1, ['While you were away: 1 needs you']]);
  });

  it('is asked for by several together, at most every twenty seconds', async () => {
    world.open({ policy, focused: false });
    await world.pass(0);
    world.become(asking(1));
    await world.pass(5_000);
    world.become(asking(2));
    await world.pass(5_000);
    world.become(asking(3));
    await world.pass(12_000);
    assert.equal(world.onDesktop.length, 1);
    await world.pass(2_000);
    assert.deepEqual(world.onDesktop.slice(1), ['2 agents need you: MIN-2 and MIN-3']);
  });

  it('is not asked for a fourth time in five minutes, until the person comes back', async () => {
    const window = world.open({ policy, focused: false });
    await world.pass(0);
    for (let number = 1; number <= 4; number += 1) {
      world.become(asking(number));
      await world.pass(30_000);
    }
    assert.equal(world.onDesktop.length, 3);
    world.say(window, { policy });
    await world.pass(1_000);
    assert.deepEqual(window.texts, ['While you were away: 4 need you']);
    world.say(window, { policy, focused: false });
    world.become(asking(5));
    await world.pass(30_000);
    assert.deepEqual(world.onDesktop.slice(3), ['MIN-5 (claude) wants to run: npm test']);
  });

  it('is spared what is answered meanwhile, and what was there before', async () => {
    world.agents = [asking(1)];
    world.open({ policy, focused: false });
    await world.pass(0);
    world.become(asking(2));
    await world.pass(2_000);
    world.become(numbered(2));
    await world.pass(60_000);
    assert.deepEqual(world.onDesktop, []);
  });

  it('is spared unless the window that was focused last wants it', async () => {
    const [local, remote] = [world.open({ policy }), world.open({ focused: false })];
    await world.pass(0);
    world.say(local, { policy, focused: false });
    await world.pass(1_000);
    world.say(remote, {});
    await world.pass(0);
    world.say(remote, { focused: false });
    world.become(asking(1));
    await world.pass(60_000);
    assert.deepEqual(world.onDesktop, []);
  });
});
