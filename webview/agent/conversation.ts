import type { AgentTranscript, TranscriptEntry } from '../../runner/protocol/models.ts';

/** As much of a transcript as was read: without a gap, oldest first. */
export interface Conversation {
  entries: readonly TranscriptEntry[];
  /** The key of the first entry. Keys count up by one; what is older gets lower ones, so that a key never changes. */
  firstKey: number;
  cursor: string;
  /** Where older entries are asked for; null when there are none. */
  start: string | null;
}

export function beginning({ entries, cursor, start }: AgentTranscript): Conversation {
  return { entries, firstKey: 0, cursor, start };
}

export function withOlder(conversation: Conversation, { entries, start }: AgentTranscript): Conversation {
  return {
    ...conversation,
    entries: [...entries, ...conversation.entries],
    firstKey: conversation.firstKey - entries.length,
    // A page that is empty and leads nowhere else would be asked for again and again.
    start: start === conversation.start ? null : start,
  };
}

export function withNewer(conversation: Conversation, { entries, cursor }: AgentTranscript): Conversation {
  return { ...conversation, entries: [...conversation.entries, ...entries], cursor };
}
