import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Git } from '../git/git.ts';

/** Deeper nesting than this is no layout of git's. */
const maxDepth = 8;

/**
 * Submodules whose repositories, which lie in the worktree's own git folder and go with it, hold commits or stashes that
 * no remote has. (Changed files of submodules show in the workspace's status.)
 *
 * @returns their names. @throws GitFailure when one cannot be read.
 */
export async function submodulesWithCommits(git: Git, gitDir: string): Promise<string[]> {
  const root = path.join(gitDir, 'modules');
  const found: string[] = [];
  for (const moduleDir of await gitDirsBelow(root, maxDepth)) {
    const place = { cwd: moduleDir, gitDir: moduleDir };
    const count = await git.read(place, ['rev-list', '--count', '--all', 'HEAD', '--not', '--remotes', '--']);
    if (Number(count) > 0) found.push(path.relative(root, moduleDir));
  }
  return found;
}

/** A submodule's name can hold slashes, and a submodule can hold submodules. */
async function gitDirsBelow(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.some(({ name }) => name === 'HEAD')) {
    return [folder, ...(await gitDirsBelow(path.join(folder, 'modules'), depth - 1))];
  }
  if (depth === 0) return [];
  const folders = entries.filter((entry) => entry.isDirectory());
  return (await Promise.all(folders.map(({ name }) => gitDirsBelow(path.join(folder, name), depth - 1)))).flat();
}
