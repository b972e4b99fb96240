import type { Agent } from '../../../runner/protocol/models.ts';
import type { MailItem } from '../../../runner/protocol/runtimeChoice.ts';
import type { WorkspaceChanges } from '../../../runner/protocol/workspaceModels.ts';
import { plainLine } from '../commands/plainText.ts';
import { counted, dotted } from './row.ts';

/** What the runner was asked about an agent; undefined where it did not answer, or not in time. */
export interface AskedFacts {
  cost: { totalTokens: number; dollars: number | null } | undefined;
  changes: Pick<WorkspaceChanges, 'total' | 'added' | 'removed'> | undefined;
  mail: readonly Pick<MailItem, 'state'>[] | undefined;
}

/** What a row has no room for, in one line: `claude · auto · feature/min-1 · 3 files +24 −3 · 212k tokens ($1.84)`. */
export function agentFacts(agent: Agent, { changes, cost, mail = [] }: AskedFacts): string {
  const waiting = mail.filter(({ state }) => state === 'queued').length;
  return dotted(
    plainLine(agent.runtime),
    agent.model !== null && plainLine(agent.model),
    // Nothing is known of one whose state cannot be read.
    agent.status !== 'unreadable' && agent.mode,
    plainLine(agent.branch),
    changes !== undefined &&
      changes.total > 0 &&
      `${counted(changes.total, 'file')} +${changes.added} −${changes.removed}`,
    cost !== undefined && cost.totalTokens > 0 && tokens(cost),
    agent.hookItems > 0 && `${agent.hookItems} on its hook`,
    waiting > 0 && `${counted(waiting, 'message')} waiting`,
  );
}

/** `212k tokens ($1.84)` */
function tokens({ totalTokens, dollars }: { totalTokens: number; dollars: number | null }): string {
  const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
  const count = compact.format(totalTokens).toLowerCase();
  return `${count} tokens${dollars === null ? '' : ` ($${dollars.toFixed(2)})`}`;
}
