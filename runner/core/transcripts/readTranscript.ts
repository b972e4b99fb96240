import type { AgentTranscript, TranscriptEntry } from '../../protocol/models.ts';
import type { TranscriptFormat, TranscriptMemory } from '../runtimes/transcriptFormat.ts';
import { oneLine, stripControls } from '../text/sanitize.ts';
import { LineReader } from './lineReader.ts';
import type { TranscriptFile } from './openTranscript.ts';
import { parseLine } from './parseLine.ts';

export interface Page {
  entries: TranscriptEntry[];
  /** The byte after the last line that was read. */
  end: number;
  /** What the lines up to there leave for later ones. */
  memory: TranscriptMemory;
  more: AgentTranscript['more'];
}

/** Read at first from the end, in bytes; twice as much each time that it held too few entries. */
const firstTailBytes = 64 * 1024;
/** Beyond this the answer would take too long: what is older is said to exist. */
const maxTailBytes = 16 * 1024 * 1024;
/** Text of one entry, in characters; more is left out, and the entry says so. */
const maxEntryLength = 64 * 1024;
/** Text of one answer, in characters. */
const maxPageLength = 4 * 1024 * 1024;
const maxTitleLength = 80;
const lineFeed = 0x0a;

/** The last `limit` entries, found from the end of the file: how long the file is makes no difference. */
export async function readLastEntries(file: TranscriptFile, format: TranscriptFormat, limit: number): Promise<Page> {
  let tail: Buffer = Buffer.alloc(0);
  for (let wanted = firstTailBytes; ; wanted *= 2) {
    tail = await extendTail(file, tail, Math.min(wanted, maxTailBytes, file.size));
    const isWhole = tail.length === file.size;
    const { entries, end, memory } = entriesOf(tail, isWhole, file.size, format);
    if (entries.length < limit && !isWhole && tail.length < maxTailBytes) continue;
    const last = withinLength(entries.slice(-limit));
    return { entries: last, end, memory, more: !isWhole || last.length < entries.length };
  }
}

/** What follows byte `from.end`, at least `limit` entries if there are as many: a line is never taken in part. */
export async function readEntriesAfter(
  file: TranscriptFile,
  format: TranscriptFormat,
  from: Pick<Page, 'end' | 'memory'>,
  limit: number,
): Promise<Page> {
  const entries: TranscriptEntry[] = [];
  const enough = new AbortController();
  let { end, memory } = from;
  let length = 0;
  let isFull = false;
  const handler = {
    onRestart: () => undefined,
    onLine: (line: string, lineEnd: number) => {
      if (isFull) return;
      const read = parseLine(format, line, memory);
      memory = read.memory;
      for (const fact of read.facts) if (fact.kind === 'entry') entries.push(harmless(fact.entry));
      length += line.length;
      end = lineEnd;
      isFull = entries.length >= limit || length >= maxPageLength;
      if (isFull) enough.abort();
    },
  };
  await new LineReader({ identity: file.identity, offset: from.end }).readOn(file, handler, enough.signal);
  return { entries, end, memory, more: false };
}

/** `tail` with what stands before it, `wanted` bytes in all. */
async function extendTail(file: TranscriptFile, tail: Buffer, wanted: number): Promise<Buffer> {
  const extended = Buffer.alloc(wanted);
  const missing = wanted - tail.length;
  tail.copy(extended, missing);
  const start = file.size - wanted;
  for (let done = 0; done < missing; ) {
    const bytes = await file.read(extended.subarray(done, missing), start + done);
    if (bytes === 0) break;
    done += bytes;
  }
  return extended;
}

/** What the complete lines of the file's end say; the first line is complete only where the tail is the whole file. */
function entriesOf(tail: Buffer, isWhole: boolean, size: number, format: TranscriptFormat): Omit<Page, 'more'> {
  const first = isWhole ? 0 : tail.indexOf(lineFeed) + 1;
  const last = tail.lastIndexOf(lineFeed) + 1;
  const entries: TranscriptEntry[] = [];
  let memory: TranscriptMemory = {};
  for (const line of tail.subarray(first, last).toString('utf8').split('\n')) {
    const read = parseLine(format, line, memory);
    memory = read.memory;
    for (const fact of read.facts) if (fact.kind === 'entry') entries.push(harmless(fact.entry));
  }
  return { entries, end: size - tail.length + last, memory };
}

/** As many of the last as have room in one answer. */
function withinLength(entries: readonly TranscriptEntry[]): TranscriptEntry[] {
  let length = 0;
  const first = entries.findLastIndex(({ text }) => {
    length += text.length;
    return length > maxPageLength;
  });
  return entries.slice(first + 1);
}

/** What a tool wrote down, as text that steers no terminal. */
function harmless(entry: TranscriptEntry): TranscriptEntry {
  const left = entry.text.length - maxEntryLength;
  const text = stripControls(entry.text.slice(0, maxEntryLength), { keepLines: true });
  return {
    ...entry,
    title: oneLine(entry.title, maxTitleLength),
    text: left > 0 ? `${text}\n(${left} more characters are in the transcript)` : text,
  };
}
