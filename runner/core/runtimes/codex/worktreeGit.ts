import { lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { readRegularSync } from '../../files/readRegular.ts';

/** Where git keeps what belongs to a worktree; real paths. */
export interface WorktreeGit {
  /** Of this worktree alone: `<common>/worktrees/<name>`. */
  own: string;
  /** Of the whole repository: `<repository>/.git`. */
  common: string;
}

/** Such a file holds one path. */
const linkLimits = { maxBytes: 64 * 1024 };

/**
 * What the repository of the project has registered for the workspace (gitrepository-layout(5)). Undefined for what is
 * no linked worktree of it: an agent can write what it likes into its workspace, and gets no other folder by that.
 */
export function worktreeGit(workspace: string, projectPath: string): WorktreeGit | undefined {
  try {
    const common = realpathSync(gitDirOf(projectPath));
    const own = realpathSync(namedBy(path.join(workspace, '.git')));
    const back = path.resolve(own, readRegularSync(path.join(own, 'gitdir'), linkLimits).trimEnd());
    const isOfProject = path.dirname(own) === path.join(common, 'worktrees');
    return isOfProject && realpathSync(path.dirname(back)) === realpathSync(workspace) ? { own, common } : undefined;
  } catch {
    // A workspace that is still to be made, the main checkout, or not what git left there.
    return undefined;
  }
}

function gitDirOf(projectPath: string): string {
  const entry = path.join(projectPath, '.git');
  return lstatSync(entry).isFile() ? namedBy(entry) : entry;
}

/** The folder that a `.git` file names, relative to its own. */
function namedBy(file: string): string {
  const target = /^gitdir: (.+)$/m.exec(readRegularSync(file, linkLimits))?.[1]?.trim();
  if (target === undefined) throw new Error(`${file} names no folder`);
  return path.resolve(path.dirname(file), target);
}
