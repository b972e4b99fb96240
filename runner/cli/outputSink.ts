import { fstatSync, writeSync } from 'node:fs';
import { UserError } from '../protocol/errors.ts';
import type { Sink } from './host.ts';

/**
 * stdout or stderr without Node's stream where that is not needed: making the stream takes about as long as everything
 * else that `pan status` does before it connects.
 */
export function outputSink(fd: 1 | 2): Sink {
  let isTTY: boolean | undefined;
  return {
    get isTTY() {
      isTTY ??= isTerminal(fd);
      return isTTY;
    },
    get columns() {
      return this.isTTY ? streamOf(fd).columns : undefined;
    },
    write: (text) => writeAll(fd, Buffer.from(text)),
  };
}

/** Most outputs are pipes and files; only for the others the terminal module is loaded. */
function isTerminal(fd: 1 | 2): boolean {
  return fstatSync(fd).isCharacterDevice() && streamOf(fd).isTTY === true;
}

function streamOf(fd: 1 | 2): NodeJS.WriteStream {
  return fd === 1 ? process.stdout : process.stderr;
}

async function writeAll(fd: 1 | 2, bytes: Buffer): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      // The reader has gone (`pan help | head -1`), or the terminal has.
      if (code === 'EPIPE' || code === 'EIO') return;
      // Somebody made the pipe non-blocking, and it is full: the stream knows how to wait.
      if (code !== 'EAGAIN') throw outputLost(code, error);
      return writeToStream(streamOf(fd), bytes.subarray(written));
    }
  }
}

function outputLost(code: string | undefined, cause: unknown): UserError {
  const reason = code === 'ENOSPC' ? 'the disk is full' : (code ?? 'unknown reason');
  return new UserError({
    code: 'outputLost',
    message: `The output could not be written: ${reason}.`,
    hint: 'Write it somewhere else.',
    cause,
  });
}

function writeToStream(stream: NodeJS.WriteStream, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' ? resolve() : reject(error)));
    stream.write(bytes, () => resolve());
  });
}
