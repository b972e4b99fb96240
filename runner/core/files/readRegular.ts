import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { errnoOf } from './fileFailure.ts';

/** What stands there is not what may be read; the message says why in one line. */
export class UnfitFile extends Error {
  override readonly name = 'UnfitFile';
}

export interface ReadRegularOptions {
  /** A larger file is refused. */
  maxBytes: number;
  /** For files that people keep elsewhere and link to. */
  followsLinks?: boolean;
}

/**
 * Reads a file that an agent or a tool may have put there. It waits for nobody: a pipe is never read.
 *
 * @throws UnfitFile for a link, for what is no regular file and for one that is too large; else what the system says.
 */
export async function readRegular(file: string, { maxBytes, followsLinks }: ReadRegularOptions): Promise<string> {
  const { handle, facts } = await openRegular(file, followsLinks);
  try {
    const buffer = bufferFor(facts, maxBytes);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.toString('utf8', 0, length);
  } finally {
    await handle.close();
  }
}

/** The same at once: for small files that many look at. */
export function readRegularSync(file: string, { maxBytes, followsLinks }: ReadRegularOptions): string {
  const descriptor = openNow(file, followsLinks);
  try {
    const facts = fstatSync(descriptor);
    requireRegular(facts);
    const buffer = bufferFor(facts, maxBytes);
    let length = 0;
    while (length < buffer.length) {
      const bytesRead = readSync(descriptor, buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(descriptor);
  }
}

/** Opens it for reading; the caller closes it. @throws as `readRegular` does */
export async function openRegular(file: string, followsLinks = false): Promise<{ handle: FileHandle; facts: Stats }> {
  const handle = await open(file, flagsOf(followsLinks)).catch((error: unknown) => {
    throw openFailure(error, followsLinks);
  });
  try {
    const facts = await handle.stat();
    requireRegular(facts);
    return { handle, facts };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function openNow(file: string, followsLinks = false): number {
  try {
    return openSync(file, flagsOf(followsLinks));
  } catch (error) {
    throw openFailure(error, followsLinks);
  }
}

/** Without O_NONBLOCK the opening of a pipe waits for who writes to it. */
function flagsOf(followsLinks: boolean): number {
  return constants.O_RDONLY | constants.O_NONBLOCK | (followsLinks ? 0 : constants.O_NOFOLLOW);
}

function openFailure(error: unknown, followsLinks: boolean): unknown {
  switch (errnoOf(error)) {
    case 'ELOOP':
      return followsLinks ? error : new UnfitFile('it is a link');
    case 'ENXIO':
    case 'EOPNOTSUPP':
      // A socket, on Linux and on macOS.
      return new UnfitFile('it is no file');
    default:
      return error;
  }
}

function requireRegular(facts: Stats): void {
  if (!facts.isFile()) throw new UnfitFile(facts.isDirectory() ? 'it is a folder' : 'it is no file');
}

/** No more is read than was there when it was opened. */
function bufferFor({ size }: Stats, maxBytes: number): Buffer {
  if (size > maxBytes) throw new UnfitFile(`it is larger than ${sizeText(maxBytes)}`);
  return Buffer.alloc(size);
}

function sizeText(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MB` : `${bytes / 1024} kB`;
}
