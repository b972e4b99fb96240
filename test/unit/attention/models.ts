import type { NoticePolicy, WindowState } from '../../../runner/protocol/attention.ts';
import type { Agent, AgentAsk, AgentRequest } from '../../../runner/protocol/models.ts';
import { anAgent } from '../cli/models.ts';

export function anAsk(changes: Partial<AgentAsk> = {}): AgentAsk {
  return {
    requestId: 'request-1',
    kind: 'permission',
    oneLine: 'npm test',
    brief: true,
    answers: ['allow', 'session', 'deny', 'text'],
    options: [],
    since: '2026-11-22T14:31:00.000Z',
    ...changes,
  };
}

export function aRequest(changes: Partial<AgentRequest> = {}): AgentRequest {
  return {
    id: 'request-1',
    agentId: 'agent-min-142',
    issueId: 'MIN-142',
    title: 'Rate-limit login',
    runtime: 'claude',
    kind: 'permission',
    oneLine: 'npm test',
    brief: true,
    text: 'npm test',
    tool: 'Bash',
    cwd: '/home/ada/myn/workspaces/feature-min-142',
    answers: ['allow', 'session', 'deny', 'text'],
    questions: [],
    since: '2026-11-22T14:31:00.000Z',
    answeredBy: 'hook',
    ...changes,
  };
}

export function aPolicy(changes: Partial<NoticePolicy['kinds']> = {}): NoticePolicy {
  return {
    kinds: {
      permission: 'toast',
      question: 'toast',
      finished: 'toast',
      stuck: 'toast',
      crashed: 'toast',
      limit: 'statusBar',
      ...changes,
    },
    delaySeconds: 3,
    everySeconds: 20,
    quietHours: [],
    osNotifications: 'off',
  };
}

export function aWindow(changes: Partial<WindowState> = {}): WindowState {
  return { focused: true, showsAgents: false, lookingAt: [], projects: ['myn'], policy: aPolicy(), ...changes };
}

/** The agent of `MIN-<number>`. */
export function numbered(number: number, changes: Partial<Agent> = {}): Agent {
  return anAgent({ id: `agent-min-${number}`, issueId: `MIN-${number}`, ask: null, parked: null, ...changes });
}

/** As `numbered`, with a request of its own. */
export function asking(number: number, changes: Partial<AgentAsk> = {}): Agent {
  return numbered(number, { status: 'waiting', ask: anAsk({ requestId: `request-${number}`, ...changes }) });
}
