import { lstat, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Git, GitPlace } from '../git/git.ts';
import { refreshIndex, type TreeChange } from './placeRescue.ts';

export interface PlacedFiles {
  /** They are as the rescue has them. */
  same: ReadonlySet<string>;
  /** They are as the rescue has them, or not there at all: putting them there overwrites nothing. */
  free: ReadonlySet<string>;
}

/**
 * Which of the files that a rescue changes are in the workspace already, as a restore leaves them that was killed.
 * `changes` are those from the workspace's commit to `tree`. What is staged has to be in one of `known`, too, which are
 * commits or trees: it would be nowhere afterwards. Reads every file of the workspace.
 */
export async function placedFiles(
  git: Git,
  place: GitPlace,
  tree: string,
  { changes, known }: { changes: readonly TreeChange[]; known: readonly string[] },
): Promise<PlacedFiles> {
  const [differing, staged] = await Promise.all([differingFrom(git, place, tree), stagedAlone(git, place, known)]);
  const [same, free] = [new Set<string>(), new Set<string>()];
  for (const { letter, path: file } of changes) {
    if (staged.has(file)) continue;
    const found = await lstat(path.join(place.cwd, file)).catch(() => undefined);
    const isGone = found === undefined || found.isDirectory();
    if (letter === 'D' ? isGone : !differing.has(file)) same.add(file);
    if (same.has(file) || found === undefined) free.add(file);
  }
  return { same, free };
}

/** Files of `tree` that the workspace does not have so. */
async function differingFrom(git: Git, place: GitPlace, tree: string): Promise<ReadonlySet<string>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'panopticon-index-'));
  try {
    const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
    await git.write(place, ['read-tree', tree], { env });
    await refreshIndex(git, place, env);
    return namesIn(await git.read(place, ['diff-files', '--name-only', '-z'], { env }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Files whose state in the index is in none of these. */
async function stagedAlone(git: Git, place: GitPlace, known: readonly string[]): Promise<ReadonlySet<string>> {
  const args = ['diff-index', '--cached', '--name-only', '-z', '--no-renames'];
  const [first = new Set<string>(), ...others] = await Promise.all(
    [...new Set(known)].map(async (each) => namesIn(await git.read(place, [...args, each, '--']))),
  );
  return new Set([...first].filter((file) => others.every((names) => names.has(file))));
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.split('\0').filter((name) => name !== ''));
}
