import assert from 'node:assert/strict';
import { HeldStarts } from '../../../../extension/src/views/heldStarts.ts';
import type { AgentStatus } from '../../../../runner/protocol/enumerations.ts';
import type { Agent } from '../../../../runner/protocol/models.ts';
import { MovableClock } from '../../../support/movableClock.ts';

describe('rows of agents that start', () => {
  let clock: MovableClock;
  let looks: number;
  let starts: HeldStarts;

  const agent = (id: string, status: AgentStatus, reason = '') => ({ id, status, reason }) as Agent;
  const show = (...agents: Agent[]) =>
    starts.show(agents).map(({ id, status, reason }) => [id, status, reason].join(' ').trim());

  beforeEach(() => {
    clock = new MovableClock();
    looks = 0;
    starts = new HeldStarts(clock, () => {
      looks += 1;
    });
  });

  it('come when the agent works, where that is soon', () => {
    assert.deepEqual(show(agent('a', 'idle')), ['a idle']);
    assert.deepEqual(show(agent('a', 'idle'), agent('b', 'starting')), ['a idle']);
    clock.move(100);
    assert.deepEqual(show(agent('a', 'idle'), agent('b', 'starting')), ['a idle']);
    assert.deepEqual(show(agent('a', 'idle'), agent('b', 'working')), ['a idle', 'b working']);
    assert.deepEqual([looks, clock.waiting], [0, 0]);
  });

  it('say that it starts, and how far it is, where that takes longer', () => {
    show();
    show(agent('b', 'starting', 'creating workspace'));
    clock.move(200);
    assert.deepEqual(show(agent('b', 'starting', 'starting claude')), []);
    clock.move(50);
    assert.equal(looks, 1);
    assert.deepEqual(show(agent('b', 'starting', 'starting claude')), ['b starting starting claude']);
    assert.deepEqual(show(agent('b', 'starting', 'copying files')), ['b starting copying files']);
    assert.equal(clock.waiting, 0);
  });

  it('say what they said before while it starts again', () => {
    show(agent('a', 'stopped'));
    assert.deepEqual(show(agent('a', 'starting')), ['a stopped']);
    assert.deepEqual(show(agent('a', 'working')), ['a working']);
    assert.deepEqual(show(agent('a', 'starting')), ['a working']);
    clock.move(250);
    assert.deepEqual(show(agent('a', 'starting')), ['a starting']);
  });

  it('are there at once among the first ones', () => {
    assert.deepEqual(show(agent('a', 'starting')), ['a starting']);
    assert.equal(clock.waiting, 0);
  });

  it('are waited for by those who select them', async () => {
    show();
    await starts.isShown('agent-min-1');
    show(agent('a', 'starting'));
    let isShown = false;
    const shown = starts.isShown('a').then(() => {
      isShown = true;
    });
    show(agent('a', 'starting'));
    await Promise.resolve();
    assert.equal(isShown, false);
    show(agent('a', 'working'));
    await shown;
  });

  it('leave no timer and nobody waiting after the end', async () => {
    show();
    show(agent('a', 'starting'));
    const shown = starts.isShown('a');
    starts.dispose();
    await shown;
    clock.move(1_000);
    assert.deepEqual([looks, clock.waiting], [0, 0]);
  });
});
