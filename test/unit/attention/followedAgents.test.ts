import assert from 'node:assert/strict';
import { FollowedAgents } from '../../../runner/core/attention/followedAgents.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { numbered } from './models.ts';

describe('the agents that are followed', () => {
  it('are only those that are there: one that is gone is not looked at again', async () => {
    let there = [numbered(1), numbered(2)];
    const followed = new FollowedAgents({
      clock: new MovableClock(),
      changes: { fire: () => undefined },
      agents: async () => there,
    });
    await followed.look();
    assert.deepEqual(followed.all(), there);
    there = [];
    followed.changed([]);
    await followed.look();
    assert.deepEqual([followed.all(), followed.untilLook()], [[], null]);
  });
});
