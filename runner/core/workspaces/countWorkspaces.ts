import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { IssueId } from '../../protocol/issueId.ts';
import type { Overview, Project } from '../../protocol/models.ts';
import { readRegularSync } from '../files/readRegular.ts';
import { commonDirOf } from './repositoryView.ts';
import { issueIdOfPath, workspacesRoot } from './workspaceNames.ts';

/** Files that hold one path; agents may write to both. */
const linkLimits = { maxBytes: 64 * 1024 };

/**
 * How many workspaces there are, and which of them git would not recognise. Looks at files only, because it is asked
 * for at every glance; `WorkspaceService.list` asks git.
 */
export async function countWorkspaces(projects: readonly Project[]): Promise<Overview['workspaces']> {
  const needRepair: IssueId[] = [];
  let total = 0;
  for (const project of projects) {
    const whole = new Set</* name of its administrative folder */ string>();
    for (const folder of await foldersOf(project)) {
      const issueId = issueIdOfPath(project, folder);
      if (issueId === undefined) continue;
      total += 1;
      const adminDir = registrationOf(folder);
      if (adminDir === undefined) needRepair.push(issueId);
      else whole.add(path.basename(adminDir));
    }
    const missing = await missingOf(project, whole);
    total += missing.length;
    needRepair.push(...missing.flatMap(({ issueId, isLocked }) => (isLocked ? [] : [issueId])));
  }
  return { total, needRepair };
}

async function foldersOf(project: Project): Promise<string[]> {
  const root = workspacesRoot(project);
  // A project without the folder has no workspaces.
  const names = await readdir(root).catch(() => []);
  return names.map((name) => path.join(root, name));
}

/** The administrative folder that a worktree's `.git` names, if it is there. */
function registrationOf(folder: string): string | undefined {
  try {
    const target = /^gitdir: (.*)\n?$/s.exec(readRegularSync(path.join(folder, '.git'), linkLimits))?.[1]?.trimEnd();
    const adminDir = target === undefined ? undefined : path.resolve(folder, target);
    return adminDir !== undefined && existsSync(adminDir) ? adminDir : undefined;
  } catch {
    // No `.git` file, or none of a worktree.
    return undefined;
  }
}

/** Registered workspaces whose folder is gone. A locked one (`git worktree lock`) may be elsewhere on purpose. */
async function missingOf(
  project: Project,
  whole: ReadonlySet<string>,
): Promise<{ issueId: IssueId; isLocked: boolean }[]> {
  const root = path.join(await commonDirOf(project), 'worktrees');
  // git makes the folder with the first worktree and removes it with the last.
  const names = await readdir(root).catch(() => []);
  return names.flatMap((name) => {
    if (whole.has(name)) return [];
    const folder = registeredFolder(path.join(root, name));
    const issueId = folder === undefined ? undefined : issueIdOfPath(project, folder);
    if (folder === undefined || issueId === undefined || existsSync(folder)) return [];
    return [{ issueId, isLocked: existsSync(path.join(root, name, 'locked')) }];
  });
}

/** Absolute, or relative to its folder (worktree.useRelativePaths of git 2.48). */
function registeredFolder(adminDir: string): string | undefined {
  try {
    const gitFile = readRegularSync(path.join(adminDir, 'gitdir'), linkLimits).trimEnd();
    return gitFile === '' ? undefined : path.dirname(path.resolve(adminDir, gitFile));
  } catch {
    // Half made or half removed: git itself prunes it.
    return undefined;
  }
}
