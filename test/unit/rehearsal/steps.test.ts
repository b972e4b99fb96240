import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../../runner/core/runtimes/rehearsal/program/steps/runProgram.ts';
import { waitForFile } from '../../../runner/core/runtimes/rehearsal/program/steps/waitForFile.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('a program that a rehearsal runs', () => {
  const folder = useTempFolder();
  const options = () => ({ cwd: folder(), signal: new AbortController().signal });

  it('gets its input and gives its output and its code', async () => {
    const result = await runProgram(['sh', '-c', 'cat; echo e >&2; exit 3'], { ...options(), input: 'a $(b)\n' });
    assert.equal(result.code, 3);
    assert.deepEqual(result.output.split('\n').sort(), ['', 'a $(b)', 'e']);
  });

  it('may leave its input unread and its output large', async () => {
    const input = 'x'.repeat(1_000_000);
    const result = await runProgram(['sh', '-c', 'head -c 1000000 /dev/zero; echo end'], { ...options(), input });
    assert.equal(result.code, 0);
    assert.equal(result.output.length, 64 * 1024);
    assert.ok(result.output.endsWith('end\n'));
  });

  it('is not waited for when only a program of its own keeps the output open', async () => {
    const result = await runProgram(['sh', '-c', 'sleep 30 & echo $!'], options());
    process.kill(Number(result.output), 'SIGTERM');
    assert.equal(result.code, 0);
  });

  it('is ended by an abort, also when it ignores SIGTERM', async () => {
    for (const [script, signal] of [
      [': > SIGTERM; exec sleep 30', 'SIGTERM'],
      ['trap "" TERM; : > SIGKILL; while :; do :; done', 'SIGKILL'],
    ] as const) {
      const abort = new AbortController();
      // The shell says by a file that it is ready.
      const started = waitForFile(join(folder(), signal), 10_000, new AbortController().signal);
      const ended = runProgram(['sh', '-c', script], { cwd: folder(), signal: abort.signal });
      assert.equal(await started, true);
      abort.abort();
      assert.equal((await ended).signal, signal);
    }
  });

  it('says when it cannot be started', async () => {
    await assert.rejects(runProgram(['/nowhere/program'], options()), { code: 'ENOENT' });
  });
});

describe('waiting for a file', () => {
  const folder = useTempFolder();

  it('ends when the file comes, also in a folder that comes first', async () => {
    const path = join(folder(), 'a', 'b', 'c');
    const found = waitForFile(path, 10_000, new AbortController().signal);
    mkdirSync(join(folder(), 'a', 'b'), { recursive: true });
    writeFileSync(path, '');
    assert.equal(await found, true);
    assert.equal(await waitForFile(path, 10_000, new AbortController().signal), true);
  });

  it('ends at its limit and when it is interrupted', async () => {
    const abort = new AbortController();
    const interrupted = waitForFile(join(folder(), 'x'), 10_000, abort.signal);
    abort.abort();
    assert.equal(await interrupted, false);
    assert.equal(await waitForFile(join(folder(), 'x'), 5, new AbortController().signal), false);
  });
});
