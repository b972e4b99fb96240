import assert from 'node:assert/strict';
import { Refetch } from '../../../extension/src/refetch.ts';
import { MovableClock } from '../../support/movableClock.ts';

describe('a task that runs again and again', () => {
  it('runs again after it failed once', async () => {
    const clock = new MovableClock();
    let runs = 0;
    const task = async () => {
      runs += 1;
      if (runs === 1) throw new Error('It cannot be drawn.');
    };
    const refetch = new Refetch(task, 100, clock);
    await assert.rejects(refetch.soon(), /cannot be drawn/);
    const again = refetch.soon();
    clock.move(100);
    await Promise.resolve();
    clock.move(100);
    await again;
    assert.deepEqual([runs, clock.waiting], [2, 0]);
  });
});
