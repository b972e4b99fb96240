import { lstat, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Project } from '../../protocol/models.ts';
import { errnoOf } from '../files/fileFailure.ts';
import { readRegular } from '../files/readRegular.ts';
import type { Git } from '../git/git.ts';
import { gitDirOf, gitEntryOf } from '../git/gitEntry.ts';
import { parseWorktreeList, type Worktree } from '../git/parseWorktreeList.ts';
import type { WorkspaceFacts } from './inspectWorkspace.ts';

/** A file that holds one path, and that agents may write to. */
const linkLimits = { maxBytes: 64 * 1024 };

/** What git has registered in one repository, read with one git process. */
export interface RepositoryView {
  project: Project;
  commonDir: string;
  worktrees: Worktree[];
  /** Worktree path to the folder with its HEAD and index, `{commonDir}/worktrees/<name>`. */
  adminDirs: Map</* path */ string, string>;
}

/** The folder that all worktrees of a project share, links resolved; starts no process. */
export async function commonDirOf(project: Project): Promise<string> {
  const gitDir = await gitDirOf(project.path);
  return realpath(gitDir).catch(() => gitDir);
}

/** @throws GitFailure when the project's repository is gone or cannot be read. */
export async function readRepository(git: Git, project: Project): Promise<RepositoryView> {
  const commonDir = await commonDirOf(project);
  const [list, adminDirs] = await Promise.all([
    git.read({ cwd: project.path }, ['worktree', 'list', '--porcelain', '-z']),
    readAdminDirs(commonDir),
  ]);
  return { project, commonDir, worktrees: parseWorktreeList(list), adminDirs };
}

export function registrationAt(view: RepositoryView, folder: string): Worktree | undefined {
  return view.worktrees.find(({ path: each }) => each === folder);
}

export async function readFacts(view: RepositoryView, folder: string): Promise<WorkspaceFacts> {
  const registration = registrationAt(view, folder);
  const kind = await kindOf(folder);
  const link = kind === 'folder' ? await linkOf(folder, view.adminDirs.get(folder)) : 'wrong';
  return { folder: kind, registration: registration && { locked: registration.locked }, link };
}

async function readAdminDirs(commonDir: string): Promise<Map<string, string>> {
  const root = path.join(commonDir, 'worktrees');
  const names = await readdir(root).catch(() => []);
  const found = await Promise.all(
    names.map(async (name): Promise<[string, string] | undefined> => {
      const adminDir = path.join(root, name);
      // Absolute, or relative to its folder (worktree.useRelativePaths of git 2.48).
      const link = await readRegular(path.join(adminDir, 'gitdir'), linkLimits).catch(() => '');
      const gitFile = link.trimEnd();
      return gitFile === '' ? undefined : [path.dirname(path.resolve(adminDir, gitFile)), adminDir];
    }),
  );
  return new Map(found.filter((entry) => entry !== undefined));
}

async function kindOf(folder: string): Promise<WorkspaceFacts['folder']> {
  try {
    return (await lstat(folder)).isDirectory() ? 'folder' : 'other';
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? 'absent' : 'other';
  }
}

async function linkOf(folder: string, adminDir: string | undefined): Promise<WorkspaceFacts['link']> {
  const entry = await gitEntryOf(folder);
  if (entry.kind === 'folder') return 'repository';
  if (entry.kind !== 'link' || adminDir === undefined) return 'wrong';
  if (entry.gitDir === adminDir) return 'right';
  return (await realpath(entry.gitDir).catch(() => undefined)) === adminDir ? 'right' : 'wrong';
}
