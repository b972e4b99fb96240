import assert from 'node:assert/strict';
import { ExecFailure, type ExecFailureReason } from '../../../runner/core/exec.ts';
import { tmuxFailureReason } from '../../../runner/core/tmux/tmuxFailure.ts';

describe('why a tmux command failed', () => {
  const words: [stderr: string, reason: string][] = [
    ['no server running on /tmp/a/tmux.sock\n', 'noServer'],
    ['error connecting to /tmp/a (b)\n c/s (No such file or directory)\n', 'noServer'],
    ['error connecting to /tmp/a/s (Connection refused)\n', 'noServer'],
    ['error connecting to /tmp/a/s (Permission denied)\n', 'other'],
    ['server exited unexpectedly\n', 'serverExited'],
    ['lost server\n', 'serverExited'],
    ['no current target\n', 'noSession'],
    ["can't find session: agent-min-1\n", 'noPane'],
    ["can't find pane: agent-min-1\n", 'noPane'],
    ['duplicate session: agent-min-1\n', 'duplicate'],
    ['tmux: unknown option -- N\nusage: tmux', 'tooOld'],
    ['tmux: invalid option -- N\n', 'tooOld'],
    ['something new', 'other'],
  ];
  for (const [stderr, reason] of words) {
    it(`"${stderr.trim()}" is ${reason}`, () => {
      assert.equal(tmuxFailureReason(failure('exit', stderr)), reason);
    });
  }

  it('is a missing program, or no answer in time, without looking at words', () => {
    assert.equal(tmuxFailureReason(failure('missing', '')), 'missing');
    assert.equal(tmuxFailureReason(failure('timeout', 'no server running on x')), 'silent');
    assert.equal(tmuxFailureReason(new Error('no server running on x')), 'other');
  });
});

function failure(reason: ExecFailureReason, stderr: string): ExecFailure {
  return new ExecFailure('tmux', reason, { stderr }, undefined);
}
