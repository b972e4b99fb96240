/** The states and kinds that clients may rely on; they are part of the protocol's major version. */
export const agentStatuses = [
  'starting',
  'working',
  'waiting',
  'idle',
  'stuck',
  'crashed',
  'parked',
  'stopped',
  'done',
  'unknown',
  'unreadable',
] as const;
export type AgentStatus = (typeof agentStatuses)[number];

export const workspaceStates = ['ok', 'creating', 'setupFailed', 'missing', 'corrupted', 'orphan', 'locked'] as const;
export type WorkspaceState = (typeof workspaceStates)[number];

export const issueStates = ['backlog', 'todo', 'planning', 'in_progress', 'in_review', 'done', 'canceled'] as const;
export type IssueState = (typeof issueStates)[number];

/** Highest first. */
export const priorities = ['urgent', 'high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

export const hookItemStates = ['queued', 'handed', 'taken', 'done', 'expired'] as const;
export type HookItemState = (typeof hookItemStates)[number];

export const tellOutcomes = ['delivered', 'queued', 'sent', 'failed'] as const;
export type TellOutcome = (typeof tellOutcomes)[number];

export const permissionModes = ['plan', 'ask', 'auto', 'bypass'] as const;
export type PermissionMode = (typeof permissionModes)[number];

/** What an agent may wait for: leave to use a tool, an answer, a plan's approval. */
export const requestKinds = ['permission', 'question', 'plan'] as const;
export type RequestKind = (typeof requestKinds)[number];
