import { stat } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf } from '../files/fileFailure.ts';
import { readRegular } from '../files/readRegular.ts';

/** Such a file holds one path. People may link to one. */
const linkLimits = { maxBytes: 64 * 1024, followsLinks: true };

/**
 * What `.git` in a folder is: `folder` the repository itself, `link` a file that names the repository (worktrees,
 * submodules, --separate-git-dir), `gone` nothing, `broken` neither. Reads one small file and starts no process.
 */
export type GitEntry = { kind: 'folder' | 'link'; gitDir: string } | { kind: 'gone' | 'broken' };

export async function gitEntryOf(folder: string): Promise<GitEntry> {
  const entry = path.join(folder, '.git');
  try {
    if ((await stat(entry)).isDirectory()) return { kind: 'folder', gitDir: entry };
    const link = /^gitdir: ([^\0]+?)\r?\n*$/.exec(await readRegular(entry, linkLimits));
    return link?.[1] === undefined ? { kind: 'broken' } : { kind: 'link', gitDir: path.resolve(folder, link[1]) };
  } catch (error) {
    return { kind: errnoOf(error) === 'ENOENT' ? 'gone' : 'broken' };
  }
}

/** The repository that the main checkout in `folder` belongs to: `{folder}/.git`, or where that file points. */
export async function gitDirOf(folder: string): Promise<string> {
  const entry = await gitEntryOf(folder);
  return entry.kind === 'folder' || entry.kind === 'link' ? entry.gitDir : path.join(folder, '.git');
}
