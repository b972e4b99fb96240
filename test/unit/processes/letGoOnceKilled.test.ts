import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createExec, ExecFailure } from '../../../runner/core/exec.ts';
import { createSpawnPiped } from '../../../runner/core/spawnPiped.ts';
import { patienceMs } from '../../support/runnerHome.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('a program that was killed, whose output another holds open', () => {
  const env = { PATH: process.env['PATH'] ?? '' };
  const folder = useTempFolder();
  let over: string;
  /** As tmux: what it started has its output, and goes on until it leaves a file. */
  const script = '(echo begun; sleep 4; touch "$1") & exec sleep 60';

  beforeEach(() => {
    over = path.join(folder(), 'over');
  });

  // Nothing of it is left behind.
  afterEach(() => waitFor(() => existsSync(over) || undefined, { timeoutMs: patienceMs, what: 'the other to end' }));

  it('is not waited for when it took too long', async () => {
    const asked = createExec(env)('sh', ['-c', script, 'sh', over], { timeoutMs: 1_000 });
    await assert.rejects(asked, (error) => error instanceof ExecFailure && error.reason === 'timeout');
    assert.equal(existsSync(over), false);
  });

  it('is not waited for when it ends by itself because of that', async () => {
    const ending = script.replace('exec sleep 60', "trap 'kill $!; exit 1' TERM; sleep 60 & wait");
    const asked = createExec(env)('sh', ['-c', ending, 'sh', over], { timeoutMs: 1_000 });
    await assert.rejects(asked, (error) => error instanceof ExecFailure && error.reason === 'timeout');
    assert.equal(existsSync(over), false);
  });

  it('has ended for who talked with it', async () => {
    await new Promise<void>((resolve) => {
      const onText = (): true => process.kill(piped.pid ?? 0, 'SIGKILL');
      const piped = createSpawnPiped(env)('sh', ['-c', script, 'sh', over], { onText, onEnd: resolve });
    });
    assert.equal(existsSync(over), false);
  });
});
