import assert from 'node:assert/strict';
import { DesktopNotifier } from '../../../runner/core/attention/desktopNotifier.ts';
import { ExecFailure } from '../../../runner/core/exec.ts';
import type { Exec } from '../../../runner/core/ports.ts';

describe('the desktop', () => {
  let warnings: string[];
  const notifier = (platform: NodeJS.Platform, exec: Exec) =>
    new DesktopNotifier({ exec, platform, log: { warn: (text) => void warnings.push(text) } });

  beforeEach(() => {
    warnings = [];
  });

  it('is asked with a bound', async () => {
    const calls: unknown[] = [];
    const exec: Exec = async (...call) => {
      calls.push(call);
      return { exitCode: 0, stdout: '', stderr: '' };
    };
    await notifier('linux', exec).show('MIN-1 asks');
    const options = { timeoutMs: 5_000, input: undefined };
    assert.deepEqual([calls, warnings], [[['notify-send', ['--', 'Panopticon', 'MIN-1 asks'], options]], []]);
  });

  for (const [what, error, reason] of [
    ['has no program for it', new ExecFailure('notify-send', 'missing', {}, undefined), 'notify-send was not found'],
    [
      'does not answer',
      new ExecFailure('notify-send', 'exit', { exitCode: 1, stderr: 'Cannot autolaunch D-Bus\n' }, undefined),
      'notify-send: exit 1: Cannot autolaunch D-Bus',
    ],
    ['cannot be asked', new Error('too many open files'), 'too many open files'],
  ] as const) {
    it(`that ${what} is logged once, and nothing fails`, async () => {
      const desktop = notifier('linux', () => Promise.reject(error));
      await desktop.show('One');
      await desktop.show('Two');
      assert.deepEqual(warnings, [`desktop notifications are not shown: ${reason}`]);
    });
  }

  it('of another platform is logged once, and nothing is run', async () => {
    const desktop = notifier('freebsd', () => assert.fail('nothing is run'));
    await desktop.show('One');
    await desktop.show('Two');
    assert.deepEqual(warnings, ['desktop notifications are not shown: none are known on freebsd']);
  });
});
