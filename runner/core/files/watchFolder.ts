import { watch } from 'node:fs';
import path from 'node:path';

export interface FolderListener {
  /** Something in the folder changed. */
  onChange(): void;
  /** The folder itself was removed or moved: this watch tells nothing any more. */
  onGone(): void;
  onError(error: unknown): void;
}

/** Watches a folder until the returned function is called. @throws what the system says (ENOSPC, EMFILE, ENOENT). */
export type WatchFolder = (folder: string, listener: FolderListener) => () => void;

export const watchFolder: WatchFolder = (folder, listener) => {
  const watcher = watch(folder, { persistent: false }, (kind, name) => {
    // libuv names the folder itself when the event is about it.
    if (kind === 'rename' && name === path.basename(folder)) listener.onGone();
    else listener.onChange();
  });
  watcher.on('error', (error) => listener.onError(error));
  return () => watcher.close();
};
