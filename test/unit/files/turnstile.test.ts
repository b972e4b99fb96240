import assert from 'node:assert/strict';
import { Turnstile } from '../../../runner/core/files/turnstile.ts';

describe('a turnstile', () => {
  it('lets as many run as it was told, and the others in their order', async () => {
    const turnstile = new Turnstile(2);
    const ends: (() => void)[] = [];
    const begun: number[] = [];
    const tasks = [0, 1, 2, 3].map((index) =>
      turnstile.run(async () => {
        begun.push(index);
        await new Promise<void>((resolve) => ends.push(resolve));
        return index;
      }),
    );
    await Promise.resolve();
    assert.deepEqual(begun, [0, 1]);
    for (let ended = 0; ended < 4; ended += 1) {
      while (ends[ended] === undefined) await Promise.resolve();
      assert.ok(begun.length <= ended + 2);
      ends[ended]?.();
    }
    assert.deepEqual(await Promise.all(tasks), [0, 1, 2, 3]);
    assert.deepEqual(begun, [0, 1, 2, 3]);
  });

  it('goes on after a task that failed', async () => {
    const turnstile = new Turnstile(1);
    await assert.rejects(turnstile.run(() => Promise.reject(new Error('broken'))));
    assert.equal(await turnstile.run(async () => 'next'), 'next');
  });
});
