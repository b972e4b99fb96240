import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { IssueId } from '../../protocol/issueId.ts';
import type { RepositoryView } from './repositoryView.ts';
import { issueIdOfPath, workspacesRoot } from './workspaceNames.ts';
import { isSafeRoot } from './workspacesRootGuard.ts';

/** Issues of a project that have a workspace: one git knows, or a folder where one would be. In the order of numbers. */
export async function listIssueIds(view: RepositoryView): Promise<IssueId[]> {
  const root = workspacesRoot(view.project);
  const names = (await isSafeRoot(view.project)) ? await readdir(root).catch(() => []) : [];
  const paths = [...view.worktrees.map((worktree) => worktree.path), ...names.map((name) => path.join(root, name))];
  const issueIds = paths.map((each) => issueIdOfPath(view.project, each)).filter((id) => id !== undefined);
  return [...new Set(issueIds)].sort((a, b) => numberOf(a) - numberOf(b));
}

function numberOf(issueId: IssueId): number {
  return Number(issueId.slice(issueId.lastIndexOf('-') + 1));
}
