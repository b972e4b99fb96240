import type { Agent, Parking } from '../../../runner/protocol/models.ts';

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
  | 'key'
  | 'circle'
  | 'check'
  | 'square'
  | 'unknown';

/** The icon of an agent's tab: its shape says the state, its colour repeats it. */
export function agentShape(agent: Pick<Agent, 'status' | 'ask' | 'parked'> | undefined): AgentShape {
  switch (agent?.status) {
    case undefined:
    case 'unknown':
      return 'unknown';
    case 'waiting':
      return waitingShapes[agent.ask?.kind ?? 'permission'];
    case 'stuck':
      return 'warning';
    case 'crashed':
    case 'unreadable':
      return 'error';
    case 'working':
      return 'pulse';
    case 'starting':
      return 'starting';
    case 'parked':
      return parkedShape(agent.parked?.cause);
    case 'idle':
      return 'circle';
    case 'done':
      return 'check';
    case 'stopped':
      return 'square';
  }
}

function parkedShape(cause: Parking['cause'] | undefined): AgentShape {
  if (cause === 'login') return 'key';
  return cause === 'model' ? 'warning' : 'clock';
}

const waitingShapes = { permission: 'shield', question: 'question', plan: 'checklist' } as const;
