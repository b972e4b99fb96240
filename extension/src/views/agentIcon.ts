import type { Agent } from '../../../runner/protocol/models.ts';
import type { RowIcon } from './row.ts';

/** Theme colours. `charts.orange` is half transparent in VS Code's own themes and never used. */
export const attentionColor = 'list.warningForeground';
export const errorColor = 'list.errorForeground';
const quietColor = 'descriptionForeground';

/** The shape tells the state, since a selected row paints its icon in the colour of its text; colour repeats it. */
export function agentIcon(agent: Agent, unseen = false): RowIcon {
  switch (agent.status) {
    case 'waiting':
      return { id: askIcons[agent.ask?.kind ?? 'question'], color: attentionColor };
    case 'stuck':
      return { id: 'warning', color: attentionColor };
    case 'crashed':
    case 'unreadable':
      return { id: 'error', color: errorColor };
    case 'starting':
      return { id: 'loading~spin' };
    case 'working':
      return { id: 'pulse', color: 'charts.blue' };
    case 'parked':
      return parkedIcon(agent);
    case 'idle':
      return { id: 'circle-outline', color: quietColor };
    case 'done':
      return { id: unseen ? 'pass-filled' : 'pass', color: 'charts.green' };
    case 'stopped':
      return { id: 'stop-circle', color: quietColor };
    default:
      return { id: 'eye-closed', color: quietColor };
  }
}

const askIcons = { permission: 'shield', question: 'question', plan: 'checklist' } as const;

function parkedIcon({ parked }: Agent): RowIcon {
  if (parked?.cause === 'login') return { id: 'key', color: attentionColor };
  if (parked?.cause === 'model') return { id: 'warning', color: attentionColor };
  return { id: 'watch', color: 'charts.purple' };
}
