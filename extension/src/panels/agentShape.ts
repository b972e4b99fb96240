import type { Agent } from '../../../runner/protocol/models.ts';

/** The drawings below media/agents, each as `<shape>-light.svg` and `<shape>-dark.svg`. */
export type AgentShape =
  | 'shield'
  | 'question'
  | 'checklist'
  | 'warning'
  | 'error'
  | 'pulse'
  | 'starting'
  | 'clock'
  | 'circle'
  | 'check'
  | 'square'
  | 'unknown';

/** The icon of an agent's tab: its shape says the state, its colour repeats it. */
export function agentShape(agent: Pick<Agent, 'status' | 'ask'> | undefined): AgentShape {
  switch (agent?.status) {
    case undefined:
    case 'unknown':
    case 'unreadable':
      return 'unknown';
    case 'waiting':
      return waitingShapes[agent.ask?.kind ?? 'permission'];
    case 'stuck':
      return 'warning';
    case 'crashed':
      return 'error';
    case 'working':
      return 'pulse';
    case 'starting':
      return 'starting';
    case 'parked':
      return 'clock';
    case 'idle':
      return 'circle';
    case 'done':
      return 'check';
    case 'stopped':
      return 'square';
  }
}

const waitingShapes = { permission: 'shield', question: 'question', plan: 'checklist' } as const;
