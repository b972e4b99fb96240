import assert from 'node:assert/strict';
import { GitFailure } from '../../../runner/core/git/gitFailure.ts';
import { retryDelayMs, retryWhileLocked } from '../../../runner/core/git/retryWhileLocked.ts';
import type { Clock } from '../../../runner/core/ports.ts';

const lockHeld = new GitFailure('lockHeld', { command: 'add', exitCode: 128, stderr: '' });

function recordingClock(delaysMs: number[]): Clock {
  return {
    now: () => new Date(0),
    monotonicMs: () => 0,
    after: (ms, run) => {
      delaysMs.push(ms);
      queueMicrotask(run);
      return () => undefined;
    },
  };
}

describe('retryWhileLocked', () => {
  it('tries again while a lock is held, waiting longer each time', async () => {
    const delaysMs: number[] = [];
    let tries = 0;
    const result = await retryWhileLocked({ clock: recordingClock(delaysMs), random: () => 0 }, async () => {
      tries += 1;
      if (tries < 4) throw lockHeld;
      return 'done';
    });
    assert.equal(result, 'done');
    assert.deepEqual(delaysMs, [25, 50, 100]);
  });

  it('gives up after a bounded time', async () => {
    const delaysMs: number[] = [];
    const task = retryWhileLocked({ clock: recordingClock(delaysMs), random: () => 1 }, () => Promise.reject(lockHeld));
    await assert.rejects(task, lockHeld);
    assert.equal(delaysMs.length, 7);
    assert.ok(delaysMs.reduce((sum, ms) => sum + ms, 0) < 10_000);
  });

  it('does not repeat any other failure', async () => {
    let tries = 0;
    const task = retryWhileLocked({ clock: recordingClock([]), random: () => 0 }, async () => {
      tries += 1;
      throw new GitFailure('diskFull', { command: 'add', exitCode: 128, stderr: '' });
    });
    await assert.rejects(task);
    assert.equal(tries, 1);
  });

  it('spreads the retries of several processes over half the time', () => {
    assert.equal(retryDelayMs(1, 0), 25);
    assert.equal(retryDelayMs(1, 1), 50);
  });
});
