import assert from 'node:assert/strict';
import { ExecFailure } from '../../../runner/core/exec.ts';
import { isAlive } from '../../../runner/core/platform/isAlive.ts';
import { PsPlatform } from '../../../runner/core/platform/psPlatform.ts';
import type { Exec } from '../../../runner/core/ports.ts';

describe('asking ps about processes', () => {
  it('fixes locale and time zone, and knows a process again by its start', async () => {
    const calls: unknown[] = [];
    const exec: Exec = (command, args, { env }) => {
      calls.push({ command, args, env });
      return Promise.resolve({ exitCode: 0, stdout: 'Sat Nov 22 14:40:02 2025     Ss+\n', stderr: '' });
    };
    const platform = new PsPlatform(exec, 'bsd');
    assert.equal(await isAlive({ pid: 48102, startTime: 'Sat Nov 22 14:40:02 2025' }, platform), true);
    assert.equal(await isAlive({ pid: 48102, startTime: 'Sat Nov 22 14:40:03 2025' }, platform), false);
    assert.deepEqual(calls[0], {
      command: 'ps',
      args: ['-o', 'lstart=', '-o', 'stat=', '-p', '48102'],
      env: { LC_ALL: 'C', TZ: 'UTC' },
    });
  });

  it('takes exit 1 without a word for "no such process", and every other failure for a failure', async () => {
    const failing = (stderr: string): Exec => {
      return () => Promise.reject(new ExecFailure('ps', 'exit', { exitCode: 1, stdout: '', stderr }, undefined));
    };
    assert.equal(await new PsPlatform(failing(''), 'bsd').startTimeOf(99999), undefined);
    await assert.rejects(new PsPlatform(failing('ps: illegal option'), 'bsd').startTimeOf(99999), ExecFailure);
  });
});
