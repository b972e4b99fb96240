import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { isAlive } from '../../../runner/cli/isAlive.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('whether a process is alive', () => {
  it('knows those that run and those that never did or have ended', () => {
    assert.equal(isAlive(process.pid), true);
    assert.equal(isAlive(spawnSync(process.execPath, ['-e', '0']).pid), false);
  });

  it('takes one that has ended for dead although its parent has not noticed', async () => {
    // The shell's child ends at once; the shell becomes `cat`, which collects nobody.
    const parent = spawn('sh', ['-c', 'sh -c : & echo $!; exec cat']);
    try {
      const [chunk] = await new Promise<Buffer[]>((resolve) => parent.stdout.once('data', (...data) => resolve(data)));
      const pid = Number(chunk?.toString());
      await waitFor(() => (isAlive(pid) ? undefined : true), { timeoutMs: 5_000, what: 'the child to end' });
      assert.equal(isAlive(parent.pid ?? 0), true);
    } finally {
      parent.kill('SIGKILL');
    }
  });
});
