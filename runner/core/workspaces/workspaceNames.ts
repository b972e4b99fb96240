import path from 'node:path';
import { type IssueId, parseIssueId, prefixOf } from '../../protocol/issueId.ts';
import type { Project } from '../../protocol/models.ts';

/** All of a project's workspaces lie directly in this folder. */
export function workspacesRoot(project: Project): string {
  return path.join(project.path, 'workspaces');
}

/** Lower case, so that it is one folder on file systems that ignore case, too. */
export function workspacePath(project: Project, issueId: IssueId): string {
  return path.join(workspacesRoot(project), `feature-${issueId.toLowerCase()}`);
}

export function workspaceBranch(issueId: IssueId): string {
  return `feature/${issueId.toLowerCase()}`;
}

/** The issue whose workspace lies at `folder`; undefined for any other path. */
export function issueIdOfPath(project: Project, folder: string): IssueId | undefined {
  const name = /^feature-([a-z][a-z0-9]*-\d+)$/.exec(path.basename(folder))?.[1];
  const issueId = name === undefined ? undefined : parseIssueId(name);
  if (issueId === undefined || prefixOf(issueId) !== project.prefix) return undefined;
  return workspacePath(project, issueId) === folder ? issueId : undefined;
}

/** Files the runner writes into workspaces: they never make a workspace dirty, and they go into a rescue. */
export const runnerOwnedPaths = ['.planning', '.env.panopticon'] as const;

export function isRunnerOwned(file: string): boolean {
  return runnerOwnedPaths.some((owned) => file === owned || file.startsWith(`${owned}/`));
}
