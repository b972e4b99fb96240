import { lastIndexIn } from './lastIndexIn.ts';
import type { TranscriptFile } from './openTranscript.ts';

/** Longer lines say nothing: see `LineReader`. */
const maxLineBytes = 16 * 1024 * 1024;

/** The byte at which the line begins that byte `at` belongs to; no line begins before byte `floor`. */
export async function lineStart(file: TranscriptFile, at: number, floor: number): Promise<number> {
  const from = Math.max(floor, at - maxLineBytes);
  const before = await lastIndexIn(file, from, at, ['\n']);
  return before === undefined ? from : before + 1;
}
