import type { Agent, AgentTrouble, HookItem, IssueDetails, Workspace } from '../../../runner/protocol/models.ts';

export function anAgent(changes: Partial<Agent> = {}): Agent {
  return {
    id: 'agent-min-142',
    issueId: 'MIN-142',
    title: 'Rate-limit login',
    project: 'myn',
    node: 'local',
    runtime: 'claude',
    model: null,
    mode: 'ask',
    status: 'working',
    reason: 'reading 14 files',
    since: '2026-11-22T14:31:00.000Z',
    workspace: '/home/ada/myn/workspaces/feature-min-142',
    branch: 'feature/min-142',
    sessionId: null,
    fence: 1,
    hookItems: 0,
    pid: 4711,
    ask: null,
    parked: null,
    trouble: null,
    ...changes,
  };
}

export function anIssue(changes: Partial<IssueDetails> = {}): IssueDetails {
  return {
    id: 'MIN-142',
    title: 'Rate-limit login',
    state: 'todo',
    labels: [],
    priority: 'normal',
    tracker: 'local',
    url: 'file:///home/ada/myn/.panopticon/issues/MIN-142.md',
    project: 'myn',
    body: '',
    createdAt: null,
    updatedAt: null,
    ...changes,
  };
}

export function aWorkspace(changes: Partial<Workspace> = {}): Workspace {
  return {
    issueId: 'MIN-142',
    path: '/home/ada/myn/workspaces/feature-min-142',
    branch: 'feature/min-142',
    project: 'myn',
    state: 'ok',
    ahead: 2,
    behind: 0,
    changedFiles: 3,
    agent: null,
    ...changes,
  };
}

export function aTrouble(changes: Partial<AgentTrouble> = {}): AgentTrouble {
  return {
    kind: 'workspaceMissing',
    message: 'The workspace folder of MIN-142 is missing.',
    next: 'pan workspace create MIN-142',
    ...changes,
  };
}

export function aHookItem(changes: Partial<HookItem> = {}): HookItem {
  return {
    id: '01JD8Z4T5N6R7S8T9V0W1X2Y3Z',
    type: 'task',
    priority: 'normal',
    state: 'queued',
    since: '2026-11-22T14:31:00.000Z',
    source: 'user',
    text: 'rebase on main',
    createdAt: '2026-11-22T14:31:00.000Z',
    ...changes,
  };
}
