import { watch } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';

/** How much of the end is shown at first. */
const tailBytes = 64 * 1024;

/**
 * Calls `write` with the end of a text file, from the beginning of a line, and then with whatever is appended, until
 * `dispose`. A file that is not there yet, or is replaced by another one, is followed from its first byte.
 */
export class FollowedFile {
  private readonly file: string;
  private readonly write: (text: string) => void;
  private readonly watcher: { close(): void } | undefined;
  private readonly decoder = new TextDecoder();
  private offset: number | undefined;
  private turn = Promise.resolve();
  private isDisposed = false;

  constructor(file: string, write: (text: string) => void) {
    this.file = file;
    this.write = write;
    this.watcher = this.watchFolder();
    this.readMore();
  }

  dispose(): void {
    this.isDisposed = true;
    this.watcher?.close();
  }

  /** The folder, because a log that is replaced is another file. */
  private watchFolder(): { close(): void } | undefined {
    try {
      const watcher = watch(path.dirname(this.file), (_event, name) => {
        if (name === path.basename(this.file)) this.readMore();
      });
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      // There is no folder yet: nothing has ever been written.
      return undefined;
    }
  }

  private readMore(): void {
    this.turn = this.turn.then(() => this.read()).catch(() => {});
  }

  private async read(): Promise<void> {
    const file = await open(this.file).catch(() => undefined);
    if (file === undefined) {
      this.offset = 0;
      return;
    }
    try {
      const { size } = await file.stat();
      const isFirst = this.offset === undefined;
      let start = this.offset ?? Math.max(0, size - tailBytes);
      if (start > size) start = 0;
      const piece = Buffer.alloc(size - start);
      const { bytesRead } = await file.read(piece, 0, piece.length, start);
      this.offset = start + bytesRead;
      const cut = isFirst && start > 0 ? piece.indexOf('\n') + 1 : 0;
      const text = this.decoder.decode(piece.subarray(cut, bytesRead), { stream: true });
      if (text !== '' && !this.isDisposed) this.write(text);
    } finally {
      await file.close();
    }
  }
}
