import { realpath } from 'node:fs/promises';
import { errnoOf } from '../files/fileFailure.ts';
import { isBelow } from '../files/isBelow.ts';
import { openRegular, UnfitFile } from '../files/readRegular.ts';

/** A transcript, open for reading. */
export interface TranscriptFile {
  /** Tells this file from a later one of the same name. */
  identity: string;
  /** Bytes when it was opened. */
  size: number;
  modifiedAt: Date;
  /** Fills `buffer` from `position` on and answers how many bytes there were. */
  read(buffer: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

export type Opened =
  | { kind: 'ok'; file: TranscriptFile }
  | { kind: 'missing' }
  /** It is not what a transcript may be; `reason` is one line. */
  | { kind: 'refused'; reason: string };

export type OpenTranscript = (file: string, root: string) => Promise<Opened>;

/**
 * Opens a transcript whose path a tool's hook named: only a regular file whose real path lies below `root`. Throws what
 * the system says beyond "it is not there" (EMFILE, EACCES, EIO).
 */
export const openTranscript: OpenTranscript = async (file, root) => {
  try {
    const [realRoot, realFile] = await Promise.all([realpath(root), realpath(file)]);
    if (!isBelow(realFile, realRoot)) return { kind: 'refused', reason: `it is not below ${root}` };
    return { kind: 'ok', file: await openFile(realFile) };
  } catch (error) {
    if (error instanceof UnfitFile) return { kind: 'refused', reason: error.message };
    const code = errnoOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    throw error;
  }
};

async function openFile(file: string): Promise<TranscriptFile> {
  const { handle, facts } = await openRegular(file);
  const read = async (buffer: Uint8Array, position: number): Promise<number> =>
    (await handle.read(buffer, 0, buffer.length, position)).bytesRead;
  const identity = `${facts.dev}:${facts.ino}`;
  return { identity, size: facts.size, modifiedAt: facts.mtime, read, close: () => handle.close() };
}
