import type { TranscriptEntry } from '../../protocol/models.ts';
import type { ToldEntry, TranscriptFact } from '../runtimes/transcriptFormat.ts';
import { harmless } from './harmless.ts';

export function toldBy(facts: readonly TranscriptFact[]): ToldEntry[] {
  return facts.flatMap((fact) => (fact.kind === 'entry' ? [fact.entry] : []));
}

/**
 * The entries of the line that begins at byte `lineStart`, for people. Their places count up from that byte: a line has
 * more bytes than entries, so that those of the next line are higher.
 */
export function placed(entries: readonly ToldEntry[], lineStart: number): TranscriptEntry[] {
  return entries.map((entry, index) => ({ ...harmless(entry), place: lineStart + index }));
}
