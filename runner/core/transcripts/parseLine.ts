import type { TranscriptFact, TranscriptFormat, TranscriptMemory } from '../runtimes/transcriptFormat.ts';
import { messageOf } from '../text/messageOf.ts';

/** What one line says in a format. A line that is no JSON, or that the format trips over, says nothing. */
export function parseLine(
  format: TranscriptFormat,
  line: string,
  memory: TranscriptMemory,
): { facts: readonly TranscriptFact[]; memory: TranscriptMemory; problem: string | undefined } {
  if (line.trim() === '') return { facts: [], memory, problem: undefined };
  try {
    return { ...format.read(JSON.parse(line), memory), problem: undefined };
  } catch (error) {
    return { facts: [], memory, problem: messageOf(error) };
  }
}
