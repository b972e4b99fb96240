import { stat } from 'node:fs/promises';
import type { Git } from '../git/git.ts';
import { gitEntryOf } from '../git/gitEntry.ts';
import { GitFailure } from '../git/gitFailure.ts';
import { gitUserError } from '../git/gitUserError.ts';
import { parseRefs, type Ref, refFormat } from '../git/parseRefs.ts';
import { parseWorktreeList } from '../git/parseWorktreeList.ts';
import { branchUnknown, folderMissing, mainCheckoutUnknown } from './projectFailures.ts';

export interface Repository {
  /** Top level of the main checkout, links resolved. */
  path: string;
  /** Where the refs of all worktrees are; `{path}/.git` in most repositories. */
  commonDir: string;
  defaultBranch: string;
}

/**
 * Asks git which repository `folder` is in. A folder of a worktree gives the main checkout.
 *
 * @throws UserError for what cannot be a project: no folder, no repository, bare, without a commit.
 */
export async function inspectRepository(git: Git, folder: string): Promise<Repository> {
  if (!(await isFolder(folder))) throw folderMissing(folder);
  try {
    const path = await mainCheckout(git, folder);
    const commonDir = await revParse(git, path, '--git-common-dir');
    await git.read({ cwd: path }, ['rev-parse', '--quiet', '--verify', 'HEAD^{commit}']).catch((error: unknown) => {
      if (!(error instanceof GitFailure) || error.exitCode !== 1) throw error;
      throw new GitFailure('noCommit', error, error);
    });
    return { path, commonDir, defaultBranch: await findDefaultBranch(git, path) };
  } catch (error) {
    throw gitUserError(error, folder);
  }
}

async function mainCheckout(git: Git, folder: string): Promise<string> {
  const [top, gitDir, commonDir] = await Promise.all([
    revParse(git, folder, '--show-toplevel'),
    revParse(git, folder, '--git-dir'),
    revParse(git, folder, '--git-common-dir'),
  ]);
  if (gitDir === commonDir) return top;
  const main = parseWorktreeList(await git.read({ cwd: folder }, ['worktree', 'list', '--porcelain', '-z']))[0];
  if (main?.bare === true) throw new GitFailure('noWorkTree', { command: 'worktree list', exitCode: 0, stderr: '' });
  // git works the path out of its own folder's name, which is wrong for submodules and --separate-git-dir.
  if (main === undefined || (await gitEntryOf(main.path)).kind === 'gone') throw mainCheckoutUnknown(folder);
  return main.path;
}

/** One value per call: with several, a newline in a path could not be told from the end of a value. */
async function revParse(git: Git, cwd: string, what: string): Promise<string> {
  return (await git.read({ cwd }, ['rev-parse', '--path-format=absolute', what])).replace(/\n$/, '');
}

async function findDefaultBranch(git: Git, cwd: string): Promise<string> {
  const refs = parseRefs(
    await git.read({ cwd }, ['for-each-ref', refFormat, 'refs/remotes/origin/HEAD', 'refs/heads']),
  );
  const current = await git.read({ cwd }, ['symbolic-ref', '--quiet', '--short', 'HEAD']).catch((error: unknown) => {
    if (error instanceof GitFailure && error.exitCode === 1) return '';
    throw error;
  });
  const branch = chooseDefaultBranch(refs, current.trim());
  if (branch === undefined) throw branchUnknown(cwd);
  return branch;
}

/** What origin calls its default, else main, else master, else the current branch, else any. */
export function chooseDefaultBranch(refs: readonly Ref[], current: string): string | undefined {
  const origin = refs.find(({ name }) => name === 'refs/remotes/origin/HEAD')?.target;
  if (origin?.startsWith('refs/remotes/origin/')) return origin.slice('refs/remotes/origin/'.length);
  const branches = refs.map(({ name }) => /^refs\/heads\/(.*)$/.exec(name)?.[1]).filter((name) => name !== undefined);
  return ['main', 'master', current].find((name) => branches.includes(name)) ?? branches[0];
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
