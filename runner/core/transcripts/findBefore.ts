import { matchesIn, patternOf, shownTexts } from '../../protocol/foundText.ts';
import type { TranscriptEntry, TranscriptMatch } from '../../protocol/models.ts';
import type { TranscriptFormat } from '../runtimes/transcriptFormat.ts';
import { LineReader } from './lineReader.ts';
import { lineStart } from './lineStart.ts';
import { memoryAt } from './memoryAt.ts';
import type { TranscriptFile } from './openTranscript.ts';
import { parseLine } from './parseLine.ts';
import { placed, toldBy } from './placed.ts';
import { type Boundary, type Origin, startOf } from './readBackwards.ts';

export interface MatchPage {
  /** Newest first. */
  found: TranscriptMatch[];
  /** The byte after the last complete line. */
  end: number;
  /** What was not looked at yet; null where nothing lies before. */
  start: Boundary | null;
}

/** Looked at for one answer, in bytes: some 20 ms. Other requests are answered between two chunks of it. */
const pageBytes = 2 * 1024 * 1024;
/** Entries of one answer. */
const maxFound = 10_000;

/**
 * Which entries before the boundary hold the text, looked for in what people see of them; nothing before byte `floor`,
 * where a line begins, is looked at.
 */
export async function findBefore(
  file: TranscriptFile,
  format: TranscriptFormat,
  text: string,
  { before, floor }: { before: Boundary; floor: number },
): Promise<MatchPage> {
  if (before.end <= floor) return { found: [], end: floor, start: null };
  const begin = await lineStart(file, Math.max(floor, before.end - pageBytes), floor);
  const pattern = patternOf(text);
  const found: (TranscriptMatch & Origin)[] = [];
  let memory = (await memoryAt(file, begin, format)) ?? {};
  let end = begin;
  const handler = {
    onRestart: () => undefined,
    onLine: (line: string, lineEnd: number) => {
      const read = parseLine(format, line, memory);
      memory = read.memory;
      const told = toldBy(read.facts);
      const meant = lineEnd === before.end ? told.slice(0, before.entries) : told;
      for (const [index, entry] of placed(meant, end).entries()) {
        const matches = countIn(entry, pattern);
        if (matches > 0) found.push({ place: entry.place, matches, lineStart: end, lineEnd, index });
      }
      end = lineEnd;
    },
  };
  await new LineReader({ identity: file.identity, offset: begin }).readOn({ ...file, size: before.end }, handler);
  const last = found.slice(-maxFound);
  const [oldest] = last;
  const rest = begin > floor ? { end: begin } : null;
  return {
    found: last.reverse().map(({ place, matches }) => ({ place, matches })),
    end,
    start: oldest !== undefined && last.length < found.length ? startOf(oldest) : rest,
  };
}

function countIn(entry: TranscriptEntry, pattern: RegExp): number {
  // What is shown is part of these; most entries are passed over here.
  if (![entry.text, entry.title].some((text) => text.search(pattern) !== -1)) return 0;
  return shownTexts(entry).reduce((sum, shown) => sum + matchesIn(shown, pattern).length, 0);
}
