import { lstat } from 'node:fs/promises';
import { errnoOf } from './fileFailure.ts';
import { openRegular, UnfitFile } from './readRegular.ts';

/** git takes a file for binary when there is a NUL in so many bytes at its beginning. */
const lookedAtBytes = 8_000;

/**
 * How many lines git would count in a file, and how much of it was read. No lines: it is binary, larger than `maxBytes`,
 * no file, or gone.
 */
export async function countLines(file: string, maxBytes: number): Promise<{ lines: number | null; bytes: number }> {
  const nothing = { lines: null, bytes: 0 };
  try {
    // git keeps where a link leads, as one line.
    if ((await lstat(file)).isSymbolicLink()) return { lines: 1, bytes: 0 };
    const { handle, facts } = await openRegular(file);
    try {
      if (facts.size > maxBytes) return nothing;
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(facts.size), 0, facts.size, 0);
      return { lines: linesIn(buffer.subarray(0, bytesRead)), bytes: bytesRead };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof UnfitFile || errnoOf(error) !== undefined) return nothing;
    throw error;
  }
}

export function linesIn(bytes: Buffer): number | null {
  if (bytes.subarray(0, lookedAtBytes).includes(0)) return null;
  let lines = bytes.length > 0 && bytes.at(-1) !== 0x0a ? 1 : 0;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}
