import { UserError } from '../../protocol/errors.ts';
import { GitFailure } from './gitFailure.ts';
import { shellWord } from './shellWord.ts';

/** Says what git said in one sentence and a next step. `folder` is where git worked. Other errors pass unchanged. */
export function gitUserError(error: unknown, folder: string): unknown {
  if (!(error instanceof GitFailure)) return error;
  const say = (code: string, message: string, hint?: string) => new UserError({ code, message, hint, cause: error });
  switch (error.reason) {
    case 'missing':
      return say('gitMissing', 'git was not found.', `Install git: ${gitInstallCommand(process.platform)}`);
    case 'tooOld':
      return say('gitTooOld', 'This git is too old: 2.38 or newer is needed.', 'Update git, then: pan doctor');
    case 'notARepository':
      return say('notARepository', 'This folder is not a git repository.', 'Run git init, or choose another folder.');
    case 'noWorkTree':
      return say('bareRepository', 'This repository is bare: it has no files to work on.', 'Choose a checkout of it.');
    case 'noCommit':
      return say('noCommit', 'The repository has no commit yet.', 'Commit once, then add it again.');
    case 'notTrusted':
      return say(
        'repositoryNotTrusted',
        `git does not trust ${folder}: it belongs to another user.`,
        `If you trust it: git config --global --add safe.directory ${shellWord(folder)}`,
      );
    case 'lockHeld':
      return say(
        'repositoryBusy',
        `Another git command is working in ${folder}.`,
        'Wait for it to end. If none is running, delete the .lock file that git names: git status',
      );
    case 'diskFull':
      return say(
        'diskFull',
        `The disk is full: git could not write in ${folder}.`,
        'Free some space and run it again.',
      );
    case 'corrupt':
      return say('repositoryCorrupt', `git cannot read its own files in ${folder}.`, 'See what is wrong: git fsck');
    case 'timeout':
      return say('gitTimeout', `git did not finish in time: ${error.command} in ${folder}.`, 'Run the command again.');
    case 'branchExists':
    case 'alreadyCheckedOut':
    case 'pathExists':
    case 'wouldOverwrite':
    case 'other':
      return say(
        'gitRefused',
        `${error.message}.`.replace(/\.\.$/, '.'),
        `Look at the repository: git -C ${shellWord(folder)} status`,
      );
    default:
      return assertNever(error.reason);
  }
}

function gitInstallCommand(platform: NodeJS.Platform): string {
  return platform === 'darwin' ? 'xcode-select --install' : 'sudo apt install git';
}

function assertNever(reason: never): never {
  throw new Error(`unknown reason ${String(reason)}`);
}
