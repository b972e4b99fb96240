import type { Git, GitPlace } from './git.ts';

export interface Blob {
  id: string;
  bytes: number;
}

/**
 * The file that a commit has at a path; undefined when it has none, or a folder or a submodule. `commit` is an object id,
 * and the path is taken literally.
 *
 * @throws GitFailure `noCommit` when there is no such commit.
 */
export async function findBlob(git: Git, place: GitPlace, commit: string, path: string): Promise<Blob | undefined> {
  const args = ['--literal-pathspecs', 'ls-tree', '-z', '-l', '--full-tree', commit, '--', path];
  const found = /^\d+ blob ([0-9a-f]+) +(\d+)\t/.exec(await git.read(place, args));
  return found === null ? undefined : { id: found[1] ?? '', bytes: Number(found[2]) };
}
