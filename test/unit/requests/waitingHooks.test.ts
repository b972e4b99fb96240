import assert from 'node:assert/strict';
import { WaitingHooks } from '../../../runner/core/requests/waitingHooks.ts';
import { MovableClock } from '../../support/movableClock.ts';

describe('the hooks that wait', () => {
  let clock: MovableClock;
  let looks: number;
  let launch: string | undefined;
  let hooks: WaitingHooks;

  beforeEach(() => {
    clock = new MovableClock();
    [looks, launch] = [0, 'launch'];
    const variableOf = async () => {
      looks += 1;
      return launch;
    };
    hooks = new WaitingHooks({ clock, platform: { variableOf } });
  });

  it('are those of a process that has the launch’s mark', async () => {
    assert.equal(await hooks.waits(42, 'launch'), true);
    launch = 'another';
    assert.equal(await hooks.waits(42, 'launch'), false);
    launch = undefined;
    assert.equal(await hooks.waits(42, 'launch'), false);
  });

  it('are looked at every two seconds where that is good enough, and at once for an answer', async () => {
    await hooks.waitedLately(42, 'launch');
    launch = undefined;
    clock.move(1_999);
    assert.deepEqual([await hooks.waitedLately(42, 'launch'), looks], [true, 1]);
    assert.deepEqual([await hooks.waits(42, 'launch'), looks], [false, 2]);
    assert.deepEqual([await hooks.waitedLately(42, 'launch'), looks], [false, 3]);
  });

  it('that ended show as ended after that', async () => {
    await hooks.waitedLately(42, 'launch');
    launch = undefined;
    clock.move(2_000);
    assert.equal(await hooks.waitedLately(42, 'launch'), false);
  });
});
