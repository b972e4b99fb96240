import { copyFile, lstat, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { IssueId } from '../../protocol/issueId.ts';
import type { Project } from '../../protocol/models.ts';
import { errnoOf } from '../files/fileFailure.ts';
import type { Git, GitPlace } from '../git/git.ts';
import { GitFailure } from '../git/gitFailure.ts';
import { unhide } from './hiddenEdits.ts';
import { rescueRef } from './rescueNames.ts';
import { runnerOwnedPaths, workspacesRoot } from './workspaceNames.ts';

/** Two rescues of one issue within one second get numbers; more than this many is a bug. */
const maxInOneSecond = 100;

/** Adding reads every file that is not in the index yet; one that is given up too early keeps nothing. */
const addTimeoutMs = 600_000;

/** The rescue is the runner's act: it works without a configured identity, and says who made it. */
export const rescueIdentity = {
  GIT_AUTHOR_NAME: 'Panopticon',
  GIT_AUTHOR_EMAIL: 'panopticon@localhost',
  GIT_COMMITTER_NAME: 'Panopticon',
  GIT_COMMITTER_EMAIL: 'panopticon@localhost',
};

export interface RescueInput {
  issueId: IssueId;
  /** The folder and the repository that it is compared with. */
  place: Required<GitPlace>;
  /** The commit the work stands on; null before the first one. */
  head: string | null;
  /** The workspace's index; it knows which files a sparse checkout left out. Null: start from `head`. */
  index: string | null;
  /** Files that this index hides from git; by default none. */
  hidden?: readonly string[] | undefined;
  now: Date;
}

/**
 * Keeps all files of a workspace, tracked, untracked, and the runner's own, as a commit on top of `head` under a ref of
 * its own. Neither the files nor the workspace's index are touched. Files that git ignores are not kept.
 *
 * @returns the ref. @throws GitFailure or a system error; nothing may be deleted then.
 */
export async function rescue(git: Git, input: RescueInput): Promise<string> {
  const tree = await writeTree(git, input);
  return keepCommit(git, input, await commitOf(git, input, tree));
}

/** Keeps a commit under a rescue ref. */
export async function keepCommit(
  git: Git,
  { issueId, place, now }: Pick<RescueInput, 'issueId' | 'place' | 'now'>,
  commit: string,
): Promise<string> {
  const name = rescueRef(issueId, now);
  for (let count = 1; ; count += 1) {
    const ref = count === 1 ? name : `${name}-${count}`;
    try {
      // The zeros: the ref must not be there yet.
      await git.write(place, ['update-ref', '-m', 'panopticon: rescue', ref, commit, '0'.repeat(commit.length)]);
      return ref;
    } catch (error) {
      if (count === maxInOneSecond || !(error instanceof GitFailure) || !(await exists(git, place, ref))) throw error;
    }
  }
}

/** The command that brings a rescue back, in a worktree of its own beside the workspaces. */
export function restoreCommand(project: Project, ref: string): string[] {
  const [id = 'rescue', time = ''] = ref.split('/').slice(-2);
  const name = `rescue-${id}-${time.toLowerCase()}`;
  const folder = path.join(workspacesRoot(project), name);
  return ['git', '-C', project.path, 'worktree', 'add', '-b', name.replace('-', '/'), folder, ref];
}

async function writeTree(git: Git, { place, head, index, hidden = [] }: RescueInput): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'panopticon-rescue-'));
  try {
    const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
    if (!(await copied(index, env.GIT_INDEX_FILE)) && head !== null) {
      await git.write(place, ['read-tree', head], { env });
    }
    await unhide(git, place, hidden, env);
    // Line endings that would not survive a round trip are reported elsewhere; here they must not stop the rescue.
    await git.write(place, ['-c', 'core.safecrlf=false', 'add', '--all'], { env, timeoutMs: addTimeoutMs });
    const owned = await ownedPathsIn(place.cwd);
    if (owned.length > 0) await git.write(place, ['add', '--force', '--', ...owned], { env });
    return (await git.write(place, ['write-tree'], { env })).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copied(from: string | null, to: string): Promise<boolean> {
  if (from === null) return false;
  try {
    await copyFile(from, to);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function ownedPathsIn(folder: string): Promise<string[]> {
  const there = await Promise.all(
    runnerOwnedPaths.map(async (owned) => ((await isThere(path.join(folder, owned))) ? [owned] : [])),
  );
  return there.flat();
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

/** `head` itself when the files are exactly its files. */
async function commitOf(git: Git, { issueId, place, head }: RescueInput, tree: string): Promise<string> {
  if (head !== null) {
    const treeOfHead = (await git.read(place, ['rev-parse', '--verify', `${head}^{tree}`])).trim();
    if (treeOfHead === tree) return head;
  }
  const parent = head === null ? [] : ['-p', head];
  const message = `Rescue of ${issueId}: the files of its workspace as they were`;
  return (await git.write(place, ['commit-tree', tree, ...parent, '-m', message], { env: rescueIdentity })).trim();
}

async function exists(git: Git, place: GitPlace, ref: string): Promise<boolean> {
  return (await git.read(place, ['for-each-ref', ref])) !== '';
}
