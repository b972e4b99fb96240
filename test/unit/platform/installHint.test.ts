import assert from 'node:assert/strict';
import { installHint } from '../../../runner/core/platform/installHint.ts';

describe('the command that installs a program', () => {
  it('is that of the installer this machine has', () => {
    const hintWith = (installer: string): string | undefined =>
      installHint('tmux', 'linux', (path) => path.endsWith(installer));
    assert.equal(
      installHint('tmux', 'darwin', () => true),
      'brew install tmux',
    );
    assert.equal(hintWith('apt-get'), 'sudo apt install tmux');
    assert.equal(hintWith('dnf'), 'sudo dnf install tmux');
    assert.equal(hintWith('none of them'), undefined);
  });
});
