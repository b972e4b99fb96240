import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Wakeup } from '../../../runner/core/attention/wakeup.ts';
import { MovableClock } from '../../support/movableClock.ts';

describe('a wakeup', () => {
  let clock: MovableClock;
  let runs: number;
  let run: () => Promise<void>;
  let errors: unknown[];
  let wakeup: Wakeup;

  beforeEach(() => {
    clock = new MovableClock();
    [runs, errors] = [0, []];
    run = async () => undefined;
    wakeup = new Wakeup({
      clock,
      run: () => {
        runs += 1;
        return run();
      },
      onError: (error) => void errors.push(error),
    });
  });

  async function move(ms: number): Promise<void> {
    clock.move(ms);
    await turn();
  }

  it('comes at the earliest of the times that were asked for, once', async () => {
    wakeup.within(500);
    wakeup.within(100);
    wakeup.within(300);
    await move(99);
    assert.equal(runs, 0);
    await move(1);
    assert.equal(runs, 1);
    await move(1_000);
    assert.deepEqual([runs, clock.waiting], [1, 0]);
  });

  it('that comes while it runs makes it run again, not twice at once', async () => {
    let release: () => void = () => undefined;
    run = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    wakeup.within(0);
    await move(0);
    wakeup.within(0);
    await move(0);
    assert.equal(runs, 1);
    release();
    await turn();
    assert.equal(runs, 2);
  });

  it('is tried again after a failure', async () => {
    run = () => Promise.reject(new Error('EMFILE'));
    wakeup.within(0);
    await move(0);
    assert.deepEqual([runs, errors.length, clock.waiting], [1, 1, 1]);
    run = async () => undefined;
    await move(30_000);
    assert.deepEqual([runs, errors.length, clock.waiting], [2, 1, 0]);
  });

  it('never comes once it was called off', async () => {
    wakeup.within(100);
    wakeup.cancel();
    await move(1_000);
    assert.deepEqual([runs, clock.waiting], [0, 0]);
  });
});
