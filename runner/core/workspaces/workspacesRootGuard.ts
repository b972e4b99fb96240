import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Project } from '../../protocol/models.ts';
import { errnoOf } from '../files/fileFailure.ts';
import { rootUnsafe } from './workspaceFailures.ts';
import { workspacesRoot } from './workspaceNames.ts';

/**
 * A branch can hold a link `workspaces -> /somewhere/else`: nothing is ever made or deleted through it.
 *
 * @throws UserError unless `{project}/workspaces` is a real folder or not there.
 */
export async function guardWorkspacesRoot(project: Project): Promise<void> {
  if (!(await isSafeRoot(project))) throw rootUnsafe(workspacesRoot(project));
}

export async function isSafeRoot(project: Project): Promise<boolean> {
  const root = workspacesRoot(project);
  try {
    if (!(await lstat(root)).isDirectory()) return false;
    return (await realpath(root)) === path.join(await realpath(project.path), path.basename(root));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return true;
    throw error;
  }
}
