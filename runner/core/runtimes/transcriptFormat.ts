import type { Tokens } from '../../protocol/cost.ts';
import type { TranscriptEntry } from '../../protocol/models.ts';
import type { TitleSign } from './runtimeBehaviour.ts';

/** How a tool writes its conversations down: JSON, one document a line, only ever appended. */
export interface TranscriptFormat {
  /** All its transcripts lie below this folder (absolute); a path that a hook names is followed only there. */
  root(env: Readonly<Record<string, string | undefined>>): string;
  /** A folder beside a transcript that holds those of its subagents (`*.jsonl`), or undefined. */
  subagents?(transcript: string, sessionId: string | null): string | undefined;
  /** Only where lines change how others after them are to be read: for beginning in the middle. */
  turns?: TranscriptTurns;
  /** What one line says. Tolerant: what is not known says nothing. Pure; `memory` carries what later lines need. */
  read(line: unknown, memory: TranscriptMemory): { facts: TranscriptFact[]; memory: TranscriptMemory };
}

export interface TranscriptTurns {
  /** Every line after which others are read differently holds one of these. */
  marks: readonly string[];
  /** What is known after a line that begins so, whatever stood before it; undefined where it is no such line. */
  after(head: string): TranscriptMemory | undefined;
}

/** JSON; kept with the offset, so that reading goes on after a restart. Small. */
export type TranscriptMemory = Readonly<Record<string, unknown>>;

/** An entry as its line tells it. */
export type ToldEntry = Omit<TranscriptEntry, 'place'>;

export type TranscriptFact =
  | { kind: 'entry'; entry: ToldEntry }
  /** Use of one message of the model; one that comes again for the same id replaces it. */
  | { kind: 'usage'; messageId: string; model: string; at: string; tokens: Tokens }
  /** A person's text reached the conversation. */
  | { kind: 'prompt'; at: string; text: string }
  /** The line says what the agent does now (`parked` by a limit, `idle` by an interruption, `busy` again). */
  | { kind: 'sign'; sign: TitleSign; at: string; until: string | null };
