import type { TranscriptEntry } from '../../protocol/models.ts';
import type { TranscriptFormat, TranscriptMemory } from '../runtimes/transcriptFormat.ts';
import { maxPageLength } from './harmless.ts';
import { LineReader } from './lineReader.ts';
import type { TranscriptFile } from './openTranscript.ts';
import { parseLine } from './parseLine.ts';
import { placed, toldBy } from './placed.ts';

export interface LaterPage {
  entries: TranscriptEntry[];
  /** The byte after the last line that was read. */
  end: number;
  /** What the lines up to there leave for later ones. */
  memory: TranscriptMemory;
}

/** What follows byte `from.end`, at least `limit` entries if there are as many: a line is never taken in part. */
export async function readEntriesAfter(
  file: TranscriptFile,
  format: TranscriptFormat,
  from: Pick<LaterPage, 'end' | 'memory'>,
  limit: number,
): Promise<LaterPage> {
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
      entries.push(...placed(toldBy(read.facts), end));
      length += line.length;
      end = lineEnd;
      isFull = entries.length >= limit || length >= maxPageLength;
      if (isFull) enough.abort();
    },
  };
  await new LineReader({ identity: file.identity, offset: from.end }).readOn(file, handler, enough.signal);
  return { entries, end, memory };
}
