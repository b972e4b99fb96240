import type { TranscriptEntry } from '../../protocol/models.ts';
import type { TranscriptFormat, TranscriptMemory } from '../runtimes/transcriptFormat.ts';
import { maxPageLength } from './harmless.ts';
import { memoryAt } from './memoryAt.ts';
import type { TranscriptFile } from './openTranscript.ts';
import { parseLine } from './parseLine.ts';
import { placed, toldBy } from './placed.ts';

/** What lies before it is meant: the lines up to byte `end`, and of the last of them, where said, only the first `entries`. */
export interface Boundary {
  end: number;
  entries?: number | undefined;
}

export interface EarlierPage {
  entries: TranscriptEntry[];
  /** The byte after the last complete line. */
  end: number;
  /** What the lines up to there leave for later ones. */
  memory: TranscriptMemory;
  /** What lies before the first entry; null where nothing does. */
  start: Boundary | null;
}

/** Read at first, in bytes; twice as much each time that it held too few entries. */
const firstBytes = 64 * 1024;
/** Beyond this the answer would take too long: what is older is said to exist. */
const maxBytes = 16 * 1024 * 1024;
const lineFeed = 0x0a;

/** The last `limit` entries before the boundary: how long the file is makes no difference. */
export async function readEntriesBefore(
  file: TranscriptFile,
  format: TranscriptFormat,
  before: Boundary,
  limit: number,
): Promise<EarlierPage> {
  let tail: Buffer = Buffer.alloc(0);
  for (let wanted = firstBytes; ; wanted *= 2) {
    tail = await extend(file, tail, Math.min(wanted, maxBytes, before.end), before.end);
    const isWhole = tail.length === before.end;
    // The first line is complete only at the beginning of the file.
    const first = isWhole ? 0 : tail.indexOf(lineFeed) + 1;
    const begin = before.end - tail.length + first;
    const lines = tail.subarray(first, tail.lastIndexOf(lineFeed) + 1);
    const isAll = isWhole || tail.length === maxBytes;
    // What came before is looked for only once there may be enough: it can only make some of it say nothing.
    const rough = entriesOf(lines, begin, format, {}, before);
    if (rough.found.length < limit && !isAll) continue;
    const known = await memoryAt(file, begin, format);
    const { found, memory } = known === undefined ? rough : entriesOf(lines, begin, format, known, before);
    if (found.length < limit && !isAll) continue;
    const last = withinLength(found.slice(-limit));
    const [oldest] = last;
    // Of a line that is longer than all that is read no beginning was met: the next page goes on in its middle.
    const rest = isWhole ? null : { end: lines.length === 0 ? before.end - tail.length : begin };
    const start = oldest !== undefined && last.length < found.length ? startOf(oldest) : rest;
    return { entries: last.map(({ entry }) => entry), end: begin + lines.length, memory, start };
  }
}

/** Where an entry comes from: its line's bytes, and which of the line's entries it is. */
export interface Origin {
  lineStart: number;
  lineEnd: number;
  index: number;
}

interface Found extends Origin {
  entry: TranscriptEntry;
}

/** `tail` with what stands before it, `wanted` bytes in all. */
async function extend(file: TranscriptFile, tail: Buffer, wanted: number, end: number): Promise<Buffer> {
  const extended = Buffer.alloc(wanted);
  const missing = wanted - tail.length;
  tail.copy(extended, missing);
  for (let done = 0; done < missing; ) {
    const bytes = await file.read(extended.subarray(done, missing), end - wanted + done);
    if (bytes === 0) break;
    done += bytes;
  }
  return extended;
}

/** What the complete lines say, the first of which stands at byte `begin`. */
function entriesOf(
  lines: Buffer,
  begin: number,
  format: TranscriptFormat,
  known: TranscriptMemory,
  before: Boundary,
): { found: Found[]; memory: TranscriptMemory } {
  const found: Found[] = [];
  let memory = known;
  for (let from = 0; from < lines.length; ) {
    const to = lines.indexOf(lineFeed, from);
    const read = parseLine(format, lines.toString('utf8', from, to), memory);
    memory = read.memory;
    const [lineStart, lineEnd] = [begin + from, begin + to + 1];
    const told = toldBy(read.facts);
    const meant = lineEnd === before.end ? told.slice(0, before.entries) : told;
    found.push(...placed(meant, lineStart).map((entry, index) => ({ entry, lineStart, lineEnd, index })));
    from = to + 1;
  }
  return { found, memory };
}

/** As many of the last as have room in one answer. */
function withinLength(found: readonly Found[]): Found[] {
  let length = 0;
  const first = found.findLastIndex(({ entry }) => {
    length += entry.text.length;
    return length > maxPageLength;
  });
  return found.slice(first + 1);
}

/** What lies before an entry. */
export function startOf({ index, lineStart, lineEnd }: Origin): Boundary {
  return index === 0 ? { end: lineStart } : { end: lineEnd, entries: index };
}
