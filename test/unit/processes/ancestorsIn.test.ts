import assert from 'node:assert/strict';
import { createExec } from '../../../runner/core/exec.ts';
import { createPlatform } from '../../../runner/core/platform/createPlatform.ts';
import { ancestorsIn } from '../../../runner/core/processes/ancestorsIn.ts';

describe('the ancestors of a process', () => {
  it('are its parents up to init', async () => {
    const chain = new Map([
      [1, 0],
      [10, 1],
      [20, 10],
      [30, 20],
    ]);
    assert.deepEqual(ancestorsIn(chain, 30), [20, 10]);
    assert.deepEqual(ancestorsIn(chain, 10), []);
    assert.deepEqual(ancestorsIn(chain, 99), []);
  });

  it('end even when a listing that changed while it was read goes in a circle', () => {
    const circle = new Map([
      [10, 20],
      [20, 10],
    ]);
    assert.equal(ancestorsIn(circle, 10).length, 64);
  });

  it('are found for a real process', async () => {
    const platform = createPlatform(process.platform, createExec({ PATH: process.env['PATH'] ?? '' }));
    assert.equal((await platform.ancestorsOf(process.pid))[0], process.ppid);
  });
});
