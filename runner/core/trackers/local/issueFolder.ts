import { lstat, mkdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../protocol/errors.ts';
import type { Project } from '../../../protocol/models.ts';
import { errnoOf, fileFailure } from '../../files/fileFailure.ts';

const steps = ['.panopticon', 'issues'];

/** Where the folder is or will be. */
export function issueFolderOf(project: Project): string {
  return path.join(project.path, ...steps);
}

/**
 * The folder of a project's issues, `.panopticon/issues` of its main checkout; undefined when there is none yet.
 *
 * @throws UserError when a link in it leads outside the project: a branch could bring such a link along.
 */
export async function findIssueFolder(project: Project): Promise<string | undefined> {
  const root = await rootOf(project);
  let folder = project.path;
  for (const step of steps) {
    folder = path.join(folder, step);
    try {
      if (!(await isInside(folder, root, project))) return undefined;
    } catch (error) {
      throw fileFailure(error, folder);
    }
  }
  return folder;
}

/** As findIssueFolder, and makes the folder when it is missing. */
export async function makeIssueFolder(project: Project): Promise<string> {
  const root = await rootOf(project);
  let folder = project.path;
  for (const step of steps) {
    folder = path.join(folder, step);
    try {
      if (!(await isInside(folder, root, project))) await mkdir(folder, { recursive: true });
    } catch (error) {
      throw fileFailure(error, folder);
    }
  }
  return folder;
}

async function rootOf(project: Project): Promise<string> {
  try {
    return await realpath(project.path);
  } catch (error) {
    throw new UserError({
      code: 'projectMissing',
      message: `The folder of project ${project.name} is not there: ${project.path}.`,
      hint: `Put it back, or remove the project: pan project remove ${project.name}`,
      cause: error,
    });
  }
}

/** False when there is no such folder. */
async function isInside(folder: string, root: string, project: Project): Promise<boolean> {
  const found = await unlessMissing(lstat(folder));
  if (found === undefined) return false;
  const real = await unlessMissing(realpath(folder));
  if (real === undefined ? found.isSymbolicLink() : !real.startsWith(`${root}${path.sep}`)) {
    throw new UserError({
      code: 'issuesOutside',
      message: `The issues of ${project.name} are not read: ${folder} is a link that leads outside the project.`,
      hint: `Look where it leads, then remove the link: ls -ld '${folder}'`,
    });
  }
  if (real !== undefined && !(await stat(real)).isDirectory()) {
    throw new UserError({
      code: 'issuesNoFolder',
      message: `The issues of ${project.name} cannot be kept in ${folder}: it is not a folder.`,
      hint: `Move that file away: mv '${folder}' '${folder}.old'`,
    });
  }
  return real !== undefined;
}

/** Undefined when nothing is there; a link in a circle leads nowhere, too. */
async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ELOOP') return undefined;
    throw error;
  }
}
