import type { AgentId } from '../../runner/protocol/issueId.ts';
import type { Time } from '../../runner/protocol/models.ts';
import { type AgentTab, agentTabs } from '../../runner/protocol/panelMessages.ts';

/** What the person arranged in the view, and all that is kept of it. The panel reads `agentId` and `pinned`. */
export interface Arranged {
  agentId: AgentId;
  pinned: boolean;
  tab: AgentTab;
  /** The time of the entry at the upper edge of the conversation; null at its end. */
  place: Time | null;
  /** Text that was typed and not sent, of the latest agents. */
  drafts: readonly { agentId: AgentId; text: string }[];
  /** Why the answer to a request is no, typed and not sent, of the latest requests. */
  denials: readonly { requestId: string; text: string }[];
}

const maxDrafts = 20;

/** Reads what an earlier view kept, which may have been another version's. */
export function readArranged(kept: unknown): Arranged {
  const given: Readonly<Record<string, unknown>> = isRecord(kept) ? kept : {};
  const { agentId, pinned, tab, place, drafts, denials } = given;
  return {
    agentId: typeof agentId === 'string' ? agentId : '',
    pinned: pinned === true,
    tab: agentTabs.find((each) => each === tab) ?? 'live',
    place: typeof place === 'string' ? place : null,
    drafts: Array.isArray(drafts) ? drafts.filter(isDraft).slice(-maxDrafts) : [],
    denials: Array.isArray(denials) ? denials.filter(isDenial).slice(-maxDrafts) : [],
  };
}

export function draftOf({ drafts }: Arranged, agentId: AgentId): string {
  return drafts.find((draft) => draft.agentId === agentId)?.text ?? '';
}

/** The latest last; an empty one is none. */
export function withDraft(arranged: Arranged, agentId: AgentId, text: string): Arranged {
  const others = arranged.drafts.filter((draft) => draft.agentId !== agentId);
  return { ...arranged, drafts: text === '' ? others : [...others, { agentId, text }].slice(-maxDrafts) };
}

export function denialOf({ denials }: Arranged, requestId: string): string {
  return denials.find((denial) => denial.requestId === requestId)?.text ?? '';
}

export function withDenial(arranged: Arranged, requestId: string, text: string): Arranged {
  const others = arranged.denials.filter((denial) => denial.requestId !== requestId);
  return { ...arranged, denials: text === '' ? others : [...others, { requestId, text }].slice(-maxDrafts) };
}

function isDraft(value: unknown): value is { agentId: AgentId; text: string } {
  return isRecord(value) && typeof value['agentId'] === 'string' && typeof value['text'] === 'string';
}

function isDenial(value: unknown): value is { requestId: string; text: string } {
  return isRecord(value) && typeof value['requestId'] === 'string' && typeof value['text'] === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
