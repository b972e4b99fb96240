import type { WorkspaceState } from '../../protocol/enumerations.ts';

/** The reason a worktree is locked with while it is being made; found later, it tells that the making was interrupted. */
export const creatingReason = 'panopticon: creating';

export interface WorkspaceFacts {
  /** What is at the workspace's path: nothing, a real folder, or a file or link. */
  folder: 'absent' | 'folder' | 'other';
  /** What git has registered for the path: why it is locked, or null; undefined when it knows no worktree there. */
  registration: { locked: string | null } | undefined;
  /**
   * Whether the folder's `.git` names the registered worktree. `repository`: it is a repository of its own.
   * `wrong`: it is gone, broken or names something else; git would then answer for the main checkout.
   */
  link: 'right' | 'wrong' | 'repository';
}

/** `absent`: there is no such workspace. */
export function inspectWorkspace({ folder, registration, link }: WorkspaceFacts): WorkspaceState | 'absent' {
  if (registration === undefined) return folder === 'absent' ? 'absent' : 'orphan';
  if (registration.locked === creatingReason) return 'creating';
  if (registration.locked !== null && (folder === 'absent' || link === 'right')) return 'locked';
  if (folder === 'absent') return 'missing';
  return folder === 'folder' && link === 'right' ? 'ok' : 'corrupted';
}
