import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/**
 * The real path of a file that may be written in a workspace, links resolved; the file itself need not exist.
 * Throws an Error when the path leaves the workspace, also through a link, or is git's own.
 */
export function insideWorkspace(workspace: string, path: string): string {
  const root = realpathSync(workspace);
  const real = realTarget(resolve(root, path), path);
  const inside = relative(root, real);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new Error(`${path} is outside the workspace`);
  }
  // Also in lower case: the file systems of macOS do not tell .GIT from .git.
  if (inside.toLowerCase().split(sep).includes('.git')) throw new Error(`${path} belongs to git`);
  return real;
}

function realTarget(target: string, shown: string): string {
  if (exists(target)) {
    try {
      return realpathSync(target);
    } catch (error) {
      throw new Error(`${shown} goes through a link that leads nowhere`, { cause: error });
    }
  }
  const parent = dirname(target);
  return parent === target ? target : join(realTarget(parent, shown), basename(target));
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
