import { copyFile, lstat, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Git, GitPlace } from '../git/git.ts';
import { GitFailure } from '../git/gitFailure.ts';
import { inPortions } from './hiddenEdits.ts';
import { isRunnerOwned } from './workspaceNames.ts';

/** What git writes for so many files takes minutes on a slow disk. */
const timeoutMs = 600_000;

/** The files of a rescue, on top of what a branch has by now; undefined where both changed the same lines. */
export async function mergedTree(git: Git, place: GitPlace, tip: string, rescue: string): Promise<string | undefined> {
  try {
    return (await git.write(place, ['merge-tree', '--write-tree', '--no-messages', tip, rescue])).trim();
  } catch (error) {
    if (error instanceof GitFailure && error.exitCode === 1) return undefined;
    throw error;
  }
}

export interface TreeChange {
  letter: string;
  path: string;
}

/** What differs between two trees, file by file. */
export async function treeChanges(git: Git, place: GitPlace, from: string, to: string): Promise<TreeChange[]> {
  const args = ['diff-tree', '-r', '-z', '--name-status', '--no-renames', '--no-relative', from, to, '--'];
  const fields = (await git.read(place, args)).split('\0');
  const changes: TreeChange[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    changes.push({ letter: fields[index] ?? '', path: fields[index + 1] ?? '' });
  }
  return changes;
}

/** A tree like `tree`, with `paths` as `head` has them: files that are there already stay. */
export async function treeWithout(
  git: Git,
  place: GitPlace,
  head: string,
  tree: string,
  paths: readonly string[],
): Promise<string> {
  if (paths.length === 0) return tree;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'panopticon-restore-'));
  try {
    const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
    await git.write(place, ['read-tree', tree], { env });
    await git.write(place, ['--literal-pathspecs', 'reset', '--quiet', head, '--', ...paths], { env });
    return (await git.write(place, ['write-tree'], { env })).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Puts the files of `tree` into a workspace that has those of `head`; `same` are as in `tree` already. git checks
 * everything before it writes anything, and refuses where a changed file is in the way. It works with an index of its
 * own: whatever ends it, the workspace's index stays as it was, and no lock file of it is left.
 */
export async function placeTree(
  git: Git,
  place: GitPlace & { gitDir: string },
  { head, tree, same }: { head: string; tree: string; same: readonly string[] },
): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'panopticon-restore-'));
  try {
    const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
    await copyFile(path.join(place.gitDir, 'index'), env.GIT_INDEX_FILE);
    let from = head;
    if (same.length > 0) {
      await git.write(place, ['read-tree', head], { env });
      await takeOver(git, place, { tree, same, env });
      from = (await git.write(place, ['write-tree'], { env })).trim();
      await refreshIndex(git, place, env);
    }
    await git.write(place, ['read-tree', '-m', '-u', '--no-recurse-submodules', from, tree], { env, timeoutMs });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Puts the entries of `tree` for these files into the index that `env` names; a path stands for nothing below it. */
async function takeOver(
  git: Git,
  place: GitPlace,
  { tree, same, env }: { tree: string; same: readonly string[]; env: { GIT_INDEX_FILE: string } },
): Promise<void> {
  const listed = (await git.read(place, ['ls-tree', '-r', '-z', '--full-tree', tree])).split('\0');
  const entries = new Map(
    listed.map((line) => {
      const [, mode = '', id = '', file = ''] = /^(\d+) \w+ (\w+)\t(.*)$/s.exec(line) ?? [];
      return [file, `${mode},${id},${file}`];
    }),
  );
  const gone = same.filter((file) => !entries.has(file));
  for (const some of inPortions(gone))
    await git.write(place, ['update-index', '--force-remove', '--', ...some], { env });
  for (const some of inPortions(same.flatMap((file) => entries.get(file) ?? []))) {
    const added = some.flatMap((entry) => ['--cacheinfo', entry]);
    await git.write(place, ['update-index', '--add', '--replace', ...added], { env });
  }
}

/** Ends with 1 where something differs, which is for others to ask. */
export async function refreshIndex(git: Git, place: GitPlace, env: { GIT_INDEX_FILE: string }): Promise<void> {
  await git.write(place, ['update-index', '-q', '--refresh'], { env, timeoutMs }).catch((error: unknown) => {
    if (!(error instanceof GitFailure) || error.exitCode !== 1) throw error;
  });
}

/** The branch and the index of a workspace become those of a commit; its files stay as they are. */
export async function moveTo(git: Git, place: GitPlace, commit: string): Promise<void> {
  await git.write(place, ['reset', '--quiet', '--no-recurse-submodules', commit], { timeoutMs });
}

/**
 * Files that would be written where something is already that git does not know. git looks out for those itself, but
 * takes ignored ones for worthless (2.39).
 */
export async function occupiedPaths(folder: string, changes: readonly TreeChange[]): Promise<string[]> {
  const leaving = new Set(changes.filter(({ letter }) => letter === 'D').map(({ path: file }) => file));
  const occupied: string[] = [];
  for (const { letter, path: file } of changes) {
    const blocker = letter === 'A' ? await blockerOf(folder, file) : undefined;
    if (blocker !== undefined && !leaving.has(blocker)) occupied.push(file);
  }
  return occupied;
}

/** What stands where the file, or a folder above it, would be; undefined when there is room. */
async function blockerOf(folder: string, file: string): Promise<string | undefined> {
  const steps = file.split('/');
  for (let depth = 1; depth <= steps.length; depth += 1) {
    const name = steps.slice(0, depth).join('/');
    const found = await lstat(path.join(folder, name)).catch(() => undefined);
    if (found === undefined) return undefined;
    if (depth === steps.length || !found.isDirectory()) return name;
  }
  return undefined;
}

/** Files of the runner's own in the rescue that the workspace has a newer state of. */
export async function newerOwned(
  folder: string,
  changes: readonly TreeChange[],
  changed: ReadonlySet<string>,
): Promise<string[]> {
  const owned = changes.filter(({ path: file }) => isRunnerOwned(file));
  const newer: string[] = [];
  for (const { letter, path: file } of owned) {
    const isNewer = letter === 'A' ? (await blockerOf(folder, file)) !== undefined : changed.has(file);
    if (isNewer) newer.push(file);
  }
  return newer;
}
