import type { Workspace } from '../../protocol/models.ts';
import type { Intent } from './agentState.ts';

/**
 * `2 commits on feature/min-1, 1 file not committed`; null when the workspace cannot tell. That nothing was committed is
 * said of work that is done, and not of work that was stopped.
 */
export function describeOutcome(workspace: Workspace | undefined, intent: Intent): string | null {
  if (workspace?.state !== 'ok') return null;
  const { ahead, branch, changedFiles } = workspace;
  const parts = [
    ahead > 0 || intent === 'done' ? `${counted(ahead, 'commit')} on ${branch}` : '',
    changedFiles > 0 ? `${counted(changedFiles, 'file')} not committed` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
