import { open } from 'node:fs/promises';

const chunkBytes = 64 * 1024;

export interface LogTail {
  text: string;
  /** Where the file ended, in bytes: what is written later starts here. */
  end: number;
}

/** The last `lines` lines of a file, read from its end. Rejects as node:fs does when the file cannot be opened. */
export async function readTail(path: string, lines: number): Promise<LogTail> {
  const file = await open(path, 'r');
  try {
    const { size: end } = await file.stat();
    const chunks: Buffer[] = [];
    let start = end;
    let lineEnds = 0;
    // One line end more than lines: the one before the first wanted line.
    while (start > 0 && lineEnds <= lines) {
      const length = Math.min(chunkBytes, start);
      start -= length;
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, start);
      chunks.unshift(buffer);
      lineEnds += buffer.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0);
    }
    return { text: lastLines(Buffer.concat(chunks).toString('utf8'), lines), end };
  } finally {
    await file.close();
  }
}

/** What stands in the file from byte `start` on; from its beginning when it has become shorter (a new log). */
export async function readFrom(path: string, start: number): Promise<LogTail> {
  const file = await open(path, 'r');
  try {
    const { size: end } = await file.stat();
    const from = end < start ? 0 : start;
    const bytes = Buffer.alloc(end - from);
    await file.read(bytes, 0, bytes.length, from);
    return { text: bytes.toString('utf8'), end };
  } finally {
    await file.close();
  }
}

function lastLines(text: string, lines: number): string {
  const all = text.replace(/\n$/, '').split('\n');
  return all.slice(Math.max(all.length - lines, 0)).join('\n');
}
