import type { AgentTranscript, TranscriptEntry } from '../../runner/protocol/models.ts';

/** As much of a transcript as was read: without a gap, oldest first. */
export interface Conversation {
  entries: readonly TranscriptEntry[];
  /** The key of the first entry. Keys count up by one; what is older gets lower ones, so that a key never changes. */
  firstKey: number;
  cursor: string;
  /** Where older entries are asked for; null when there are none. */
  start: string | null;
  /** Whether it goes on to the end; else there may be later entries that were not read. */
  isAtEnd: boolean;
}

export function beginning({ entries, cursor, start }: AgentTranscript): Conversation {
  return { entries, firstKey: 0, cursor, start, isAtEnd: true };
}

/** A part from the middle. */
export function partOf({ entries, cursor, start }: AgentTranscript, firstKey: number): Conversation {
  return { entries, firstKey, cursor, start, isAtEnd: false };
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

/** What follows a part; nothing where it was read to the end. */
export function withLater(conversation: Conversation, page: AgentTranscript): Conversation {
  return { ...withNewer(conversation, page), isAtEnd: page.cursor === conversation.cursor };
}
