import type { TranscriptFile } from './openTranscript.ts';

const chunkBytes = 256 * 1024;

/** Where the last of the texts begins that lies whole in `floor` to `end`. */
export async function lastIndexIn(
  file: TranscriptFile,
  floor: number,
  end: number,
  texts: readonly string[],
): Promise<number | undefined> {
  const overlap = Math.max(...texts.map((text) => Buffer.byteLength(text))) - 1;
  for (let to = end; to > floor; ) {
    const from = Math.max(floor, to - chunkBytes);
    const chunk = await readRange(file, from, to);
    const last = Math.max(...texts.map((text) => chunk.lastIndexOf(text)));
    if (last !== -1) return from + last;
    if (from === floor) return undefined;
    to = from + overlap;
  }
  return undefined;
}

/** The bytes from `from` to before `to`; fewer where the file ends. */
export async function readRange(file: TranscriptFile, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(to - from);
  let done = 0;
  while (done < bytes.length) {
    const read = await file.read(bytes.subarray(done), from + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}
