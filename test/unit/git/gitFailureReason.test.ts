import assert from 'node:assert/strict';
import { GitFailure } from '../../../runner/core/git/gitFailure.ts';
import { gitFailureReason } from '../../../runner/core/git/gitFailureReason.ts';

const said: [stderr: string, reason: string][] = [
  ['fatal: not a git repository (or any of the parent directories): .git', 'notARepository'],
  ["fatal: not a git repository: '/x/.git'", 'notARepository'],
  ['fatal: this operation must be run in a work tree', 'noWorkTree'],
  ["fatal: ambiguous argument 'HEAD': unknown revision or path not in the working tree.", 'noCommit'],
  ['fatal: Needed a single revision', 'noCommit'],
  ['fatal: invalid reference: main', 'noCommit'],
  ["fatal: a branch named 'feature/min-1' already exists", 'branchExists'],
  ["fatal: A branch named 'feature/min-1' already exists.", 'branchExists'],
  ["fatal: 'feature/min-1' is already checked out at '/x'", 'alreadyCheckedOut'],
  ["fatal: 'feature/min-1' is already used by worktree at '/x'", 'alreadyCheckedOut'],
  ["Preparing worktree (new branch 'x')\nfatal: '/p/workspaces/feature-min-1' already exists", 'pathExists'],
  ["fatal: Unable to create '/x/.git/index.lock': File exists.\n\nAnother git process seems to be", 'lockHeld'],
  ["fatal: cannot lock ref 'refs/heads/x': Unable to create '/x/.git/refs/heads/x.lock': File exists.", 'lockHeld'],
  ['error: could not lock config file .git/config: File exists', 'lockHeld'],
  ['error: could not lock config file .git/config: Permission denied', 'other'],
  [
    "error: unable to create file a: No space left on device\nfatal: Could not reset index file to revision 'HEAD'.",
    'diskFull',
  ],
  ["fatal: Unable to create '/x/index.lock': No space left on device", 'diskFull'],
  ["error: unable to write file src/f18\nfatal: Could not reset index file to revision 'HEAD'.", 'diskFull'],
  ['error: unable to write file .git/objects/aa/bb: Permission denied', 'other'],
  ['error: bad signature 0x00000000\nfatal: index file corrupt', 'corrupt'],
  ['error: object file .git/objects/aa/bb is empty\nfatal: bad object HEAD', 'corrupt'],
  ["fatal: detected dubious ownership in repository at '/x'", 'notTrusted'],
  ["error: unknown switch `z'\nusage: git worktree list", 'tooOld'],
  ['fatal: something new', 'other'],
  ['', 'other'],
];

describe('gitFailureReason', () => {
  for (const [stderr, reason] of said) {
    it(`reads ${JSON.stringify(stderr.slice(0, 60))} as ${reason}`, () => {
      assert.equal(gitFailureReason(stderr), reason);
    });
  }
});

describe('GitFailure', () => {
  it('is asked for its reason and shows the line that tells most', () => {
    const stderr = 'Preparing worktree\nerror: unable to write file a\nfatal: Could not reset\n';
    const failure = new GitFailure('diskFull', { command: 'worktree add', exitCode: 128, stderr });
    assert.equal(failure.message, 'git worktree add: Could not reset');
    assert.equal(GitFailure.is(failure, 'diskFull', 'corrupt'), true);
    assert.equal(GitFailure.is(failure, 'corrupt'), false);
    assert.equal(GitFailure.is(new Error('diskFull'), 'diskFull'), false);
  });
});
