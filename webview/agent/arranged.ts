import type { AgentId } from '../../runner/protocol/issueId.ts';
import type { Time } from '../../runner/protocol/models.ts';
import { type AgentTab, agentTabs } from '../../runner/protocol/panelMessages.ts';

/** What the person arranged in the view. The panel reads `agentId` and `pinned`, and keeps what was written itself. */
export interface Arranged {
  agentId: AgentId;
  pinned: boolean;
  tab: AgentTab;
  /** The time of the entry at the upper edge of the conversation; null at its end. */
  place: Time | null;
}

/** Reads what an earlier view kept, which may have been another version's. */
export function readArranged(kept: unknown): Arranged {
  const given: Readonly<Record<string, unknown>> = isRecord(kept) ? kept : {};
  const { agentId, pinned, tab, place } = given;
  return {
    agentId: typeof agentId === 'string' ? agentId : '',
    pinned: pinned === true,
    tab: agentTabs.find((each) => each === tab) ?? 'live',
    place: typeof place === 'string' ? place : null,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
