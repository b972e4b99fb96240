import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { IdleWatch, idleAfterMs } from '../../../runner/daemon/idleWatch.ts';
import { MovableClock } from '../../support/movableClock.ts';

describe('the watch for a daemon that nobody needs', () => {
  let clock: MovableClock;
  let ended: number;
  let errors: string[];
  let answer: () => Promise<boolean>;
  let watch: IdleWatch;

  beforeEach(() => {
    clock = new MovableClock();
    ended = 0;
    errors = [];
    answer = async () => false;
    watch = new IdleWatch({
      clock,
      log: { info: () => undefined, warn: () => undefined, error: (text) => void errors.push(text) },
      isBusy: () => answer(),
      onIdle: () => {
        ended += 1;
      },
    });
  });

  async function pass(): Promise<void> {
    clock.move(idleAfterMs);
    await turn();
  }

  it('ends it once nobody is connected and nothing lives, and not before', async () => {
    watch.clientsChanged(1);
    await pass();
    assert.equal(ended, 0);
    watch.clientsChanged(0);
    clock.move(idleAfterMs - 1);
    await turn();
    assert.equal(ended, 0);
    clock.move(1);
    await turn();
    assert.equal(ended, 1);
  });

  it('asks again later while it is pinned or something lives', async () => {
    watch.pinned = true;
    watch.clientsChanged(0);
    await pass();
    watch.pinned = false;
    answer = async () => true;
    await pass();
    assert.equal(ended, 0);
    answer = async () => false;
    await pass();
    assert.equal(ended, 1);
  });

  it('goes on, and asks again, when it cannot be found out', async () => {
    answer = () => Promise.reject(new Error('EMFILE'));
    watch.clientsChanged(0);
    await pass();
    assert.deepEqual([ended, errors.length, clock.waiting], [0, 1, 1]);
    answer = async () => false;
    await pass();
    assert.equal(ended, 1);
  });

  for (const [what, visit] of [
    ['is here', [1]],
    ['came and left', [1, 0]],
  ] as const) {
    it(`does not end it under somebody who ${what} while it was finding out`, async () => {
      let tell: (busy: boolean) => void = () => undefined;
      answer = () =>
        new Promise((resolve) => {
          tell = resolve;
        });
      watch.clientsChanged(0);
      await pass();
      for (const count of visit) watch.clientsChanged(count);
      tell(false);
      await turn();
      assert.deepEqual([ended, clock.waiting], [0, visit.at(-1) === 0 ? 1 : 0]);
    });
  }
});
