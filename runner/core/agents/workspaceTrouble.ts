import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AgentTrouble } from '../../protocol/models.ts';
import { workspaceCorrupted, workspaceMissing } from '../workspaces/workspaceFailures.ts';
import type { AgentState } from './agentState.ts';

/**
 * What is wrong with the workspace of an agent that is to run, by a look at its folder: asked for every agent at every
 * glance, directly, which takes 2 µs. Of one that is done or was killed the workspace may be gone on purpose.
 */
export function workspaceTrouble(
  { intent, issueId, workspace }: Pick<AgentState, 'intent' | 'issueId' | 'workspace'>,
  isThere: (file: string) => boolean = existsSync,
): AgentTrouble | null {
  if (intent !== 'running' || isThere(path.join(workspace, '.git'))) return null;
  if (!isThere(workspace)) {
    const next = `pan workspace create ${issueId}`;
    return { kind: 'workspaceMissing', message: workspaceMissing(issueId).message, next };
  }
  const next = `pan workspace destroy ${issueId} --force`;
  return { kind: 'workspaceCorrupted', message: workspaceCorrupted(issueId).message, next };
}
