import type { Workspace } from '../../protocol/models.ts';

/** `2 commits on feature/min-1, 1 file not committed`, or null when the workspace cannot tell. */
export function describeOutcome(workspace: Workspace | undefined): string | null {
  if (workspace?.state !== 'ok') return null;
  const commits = `${counted(workspace.ahead, 'commit')} on ${workspace.branch}`;
  return workspace.changedFiles === 0
    ? commits
    : `${commits}, ${counted(workspace.changedFiles, 'file')} not committed`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
