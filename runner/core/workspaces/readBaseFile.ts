import type { Project } from '../../protocol/models.ts';
import type { BaseFile } from '../../protocol/workspaceModels.ts';
import type { Git } from '../git/git.ts';
import { GitFailure } from '../git/gitFailure.ts';
import { findBlob } from '../git/readBlob.ts';
import { commonDirOf } from './repositoryView.ts';
import { badCommit, badFilePath, fileTooLarge } from './workspaceFailures.ts';

/** An editor opens no larger files beside each other. */
const maxBytes = 20 * 1024 * 1024;

/**
 * A file as a commit has it. Needs no workspace: the commit is in the repository.
 *
 * @throws UserError `badCommit`, `badPath`, `fileTooLarge`; GitFailure.
 */
export async function readBaseFile(git: Git, project: Project, commit: string, path: string): Promise<BaseFile> {
  if (!isObjectId(commit)) throw badCommit(commit);
  if (!isInside(path)) throw badFilePath(path);
  const place = { cwd: project.path, gitDir: await commonDirOf(project) };
  const blob = await findBlob(git, place, commit, path).catch((error: unknown) => {
    throw GitFailure.is(error, 'noCommit') ? badCommit(commit) : error;
  });
  if (blob === undefined) return { base64: null };
  if (blob.bytes > maxBytes) throw fileTooLarge(commit, path, blob.bytes, maxBytes);
  return { base64: (await git.readBytes(place, ['cat-file', 'blob', blob.id])).toString('base64') };
}

/** In full, so that it names one object and no option, branch or file. */
export function isObjectId(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** A path as git writes it: relative, and no step in it is empty or leads elsewhere. */
export function isInside(path: string): boolean {
  return !path.includes('\0') && path.split('/').every((step) => step !== '' && step !== '.' && step !== '..');
}
