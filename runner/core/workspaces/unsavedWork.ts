import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Git } from '../git/git.ts';
import { type GitStatus, parseStatus } from '../git/parseStatus.ts';
import { oneLine } from '../text/sanitize.ts';
import { statusArgs } from './describeWorkspace.ts';
import { hiddenEdits } from './hiddenEdits.ts';
import type { RepositoryView } from './repositoryView.ts';
import { submodulesWithCommits } from './submoduleWork.ts';
import { isRunnerOwned } from './workspaceNames.ts';

/** What a workspace holds that its removal would take away. */
export interface UnsavedWork {
  modified: string[];
  untracked: string[];
  /** Something of the runner's own files is changed; it is rescued, and is no reason to refuse. */
  ownedChanged: boolean;
  /** Commits of HEAD that no remote and no default branch has. */
  commits: number;
  stashes: number;
  /** `rebase`, `merge`, ...; null when none is in progress. */
  operation: string | null;
  /** Repositories inside it, and submodules with work of their own: a commit of the workspace cannot hold them. */
  embedded: string[];
}

const maxNames = 5;
/** Files in a worktree's own git folder that tell what is in progress (gitrepository-layout, wt-status.c). */
const operations = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['BISECT_LOG', 'bisect'],
] as const;

/**
 * `hidden`: the modified files that git was told not to look at.
 *
 * @throws GitFailure when git cannot tell; nothing may be deleted then.
 */
export async function readUnsavedWork(
  git: Git,
  view: RepositoryView,
  folder: string,
  gitDir: string,
  baseId: string | undefined,
): Promise<UnsavedWork & { head: string | null; hidden: string[] }> {
  const place = { cwd: folder, gitDir };
  const status = parseStatus(await git.read(place, statusArgs));
  const [hidden, commits, stashes, operation, submodules] = await Promise.all([
    hiddenEdits(git, place),
    countCommits(git, view, status.head, baseId),
    countStashes(git, view, status.branch),
    operationIn(gitDir),
    submodulesWithCommits(git, gitDir),
  ]);
  const changes = changesOf(status);
  const embedded = [...new Set([...changes.embedded, ...submodules])];
  const modified = [...new Set([...changes.modified, ...hidden])];
  return { ...changes, modified, embedded, commits, stashes, operation, head: status.head, hidden };
}

export function changesOf(
  status: GitStatus,
): Pick<UnsavedWork, 'modified' | 'untracked' | 'ownedChanged' | 'embedded'> {
  const isEmbedded = ({ path: file, submoduleWork }: GitStatus['entries'][number]) =>
    submoduleWork || file.endsWith('/');
  const files = status.entries.filter((entry) => !isEmbedded(entry));
  const others = files.filter((entry) => !isRunnerOwned(entry.path));
  return {
    modified: others.filter(({ kind }) => kind !== 'untracked').map((entry) => entry.path),
    untracked: others.filter(({ kind }) => kind === 'untracked').map((entry) => entry.path),
    ownedChanged: files.length > others.length,
    embedded: status.entries.filter(isEmbedded).map((entry) => entry.path),
  };
}

/**
 * Commits that are on no remote-tracking branch. Those of the default branch exist there, pushed or not, so they do
 * not count either; without a remote that is all there is to compare with.
 */
export async function countCommits(
  git: Git,
  view: RepositoryView,
  head: string | null,
  baseId: string | undefined,
): Promise<number> {
  if (head === null || /^0+$/.test(head) || head === baseId) return 0;
  const known = baseId === undefined ? [] : [baseId];
  const place = { cwd: view.project.path, gitDir: view.commonDir };
  return Number(await git.read(place, ['rev-list', '--count', head, '--not', '--remotes', ...known, '--']));
}

/** Stashes belong to the whole repository; their first line says on which branch they were made. */
async function countStashes(git: Git, view: RepositoryView, branch: string | null): Promise<number> {
  if (branch === null) return 0;
  const place = { cwd: view.project.path, gitDir: view.commonDir };
  const subjects = (await git.read(place, ['stash', 'list', '-z', '--format=%gs'])).split('\0');
  return subjects.filter((line) => line.startsWith(`WIP on ${branch}: `) || line.startsWith(`On ${branch}: `)).length;
}

/** What is in progress in a worktree: `rebase`, `merge` and so on. */
export async function operationIn(gitDir: string): Promise<string | null> {
  for (const [file, operation] of operations) {
    const there = await access(path.join(gitDir, file)).then(
      () => true,
      () => false,
    );
    if (there) return operation;
  }
  return null;
}

/** `3 modified files, 1 untracked file (src/csv/bom.ts), 2 commits not pushed`; empty when there is nothing to lose. */
export function describeWork(work: UnsavedWork): string {
  const { modified, untracked, commits, stashes, operation } = work;
  const parts = [
    modified.length === 0
      ? ''
      : `${counted(modified.length, 'modified file')}${untracked.length === 0 ? namesIn(modified) : ''}`,
    untracked.length === 0 ? '' : `${counted(untracked.length, 'untracked file')}${namesIn(untracked)}`,
    commits === 0 ? '' : `${counted(commits, 'commit')} not pushed`,
    stashes === 0 ? '' : `${stashes} ${stashes === 1 ? 'stash' : 'stashes'}`,
    operation === null ? '' : `a ${operation} in progress`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

export function nameList(names: readonly string[]): string {
  const shown = names.slice(0, maxNames).map((name) => oneLine(name, 80));
  return shown.join(', ') + (names.length > maxNames ? ', ...' : '');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function namesIn(names: readonly string[]): string {
  return ` (${nameList(names)})`;
}
