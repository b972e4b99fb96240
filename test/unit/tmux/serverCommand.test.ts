import assert from 'node:assert/strict';
import { serverCommand } from '../../../runner/core/tmux/serverCommand.ts';
import { titleForTmux } from '../../../runner/core/tmux/titleForTmux.ts';

describe('starting the terminal server', () => {
  const plain = ['tmux', 'start-server'];

  it('happens in a scope of its own where systemd runs for the user, and plainly when that fails', () => {
    assert.deepEqual(serverCommand(plain, { systemd: true, runtimeFolder: '/run/user/1000' }), [
      ['systemd-run', '--user', '--scope', '--quiet', '--collect', '--', 'tmux', 'start-server'],
      plain,
    ]);
  });

  it('happens plainly without systemd or without a way to the user’s manager', () => {
    assert.deepEqual(serverCommand(plain, { systemd: false, runtimeFolder: '/run/user/1000' }), [plain]);
    assert.deepEqual(serverCommand(plain, { systemd: true, runtimeFolder: undefined }), [plain]);
    assert.deepEqual(serverCommand(plain, { systemd: true, runtimeFolder: '' }), [plain]);
  });

  it('shows titles as text: without control characters and without what tmux would expand', () => {
    assert.equal(titleForTmux('a\u001b[31m\n b #[fg=red]#(touch x)\u202e'), 'a b ##[fg=red]##(touch x)');
    assert.equal([...titleForTmux('é'.repeat(300))].length, 100);
  });
});
