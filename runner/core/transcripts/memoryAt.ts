import type { TranscriptFormat, TranscriptMemory, TranscriptTurns } from '../runtimes/transcriptFormat.ts';
import { lastIndexIn, readRange } from './lastIndexIn.ts';
import type { TranscriptFile } from './openTranscript.ts';
import { parseLine } from './parseLine.ts';

/** Lines are read for this many bytes before the middle, and up to so many where the last one is longer. */
const runUpBytes = 64 * 1024;
const maxRunUpBytes = 4 * 1024 * 1024;
/** How far back a turn is looked for, and in how many lines that could be one. */
const maxSearchBytes = 4 * 1024 * 1024;
const maxCandidates = 64;
/** What tells a turn stands at the beginning of its line, which may hold a whole conversation. */
const headBytes = 4 * 1024;
const lineFeed = 0x0a;

/**
 * What the lines before byte `at`, where a line begins, leave for later ones. Reading goes forward only, so that this is
 * found from the last line that says it whatever stood before, and from the lines shortly before. Undefined where it
 * makes no difference to what later lines say.
 */
export async function memoryAt(
  file: TranscriptFile,
  at: number,
  format: TranscriptFormat,
): Promise<TranscriptMemory | undefined> {
  if (format.turns === undefined || at === 0) return undefined;
  const { lines, begin } = await runUp(file, at);
  let memory = await afterLastTurn(file, begin, format.turns);
  for (const line of lines.split('\n')) memory = parseLine(format, line, memory).memory;
  return memory;
}

/** The complete lines shortly before byte `at`, the first of which stands at byte `begin`. */
async function runUp(file: TranscriptFile, at: number): Promise<{ lines: string; begin: number }> {
  for (let wanted = runUpBytes; ; wanted *= 4) {
    const from = Math.max(0, at - wanted);
    const bytes = await readRange(file, from, at);
    const first = from === 0 ? 0 : bytes.indexOf(lineFeed) + 1;
    const isEnough = first < bytes.length || wanted >= maxRunUpBytes;
    if (isEnough) return { lines: bytes.toString('utf8', first), begin: from + first };
  }
}

async function afterLastTurn(file: TranscriptFile, before: number, turns: TranscriptTurns): Promise<TranscriptMemory> {
  const floor = Math.max(0, before - maxSearchBytes);
  let end = before;
  for (let tried = 0; tried < maxCandidates; tried += 1) {
    const found = await lastIndexIn(file, floor, end, turns.marks);
    if (found === undefined) return {};
    const lineFeedAt = await lastIndexIn(file, floor, found, ['\n']);
    if (lineFeedAt === undefined && floor > 0) return {};
    const lineStart = lineFeedAt === undefined ? 0 : lineFeedAt + 1;
    const head = await readRange(file, lineStart, Math.min(lineStart + headBytes, before));
    const [line = ''] = head.toString('utf8').split('\n', 1);
    const memory = turns.after(line);
    if (memory !== undefined) return memory;
    end = lineStart;
  }
  return {};
}
