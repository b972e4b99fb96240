import { watch } from 'node:fs';

export interface PathListener {
  /** `name` is that of the file or of what changed in the folder, where the system tells. */
  onEvent(kind: 'rename' | 'change', name: string | null): void;
  onError(error: unknown): void;
}

/** Watches a file or a folder until the returned function is called. @throws what the system says (ENOENT, ENOSPC). */
export type WatchPath = (path: string, listener: PathListener) => () => void;

export const watchPath: WatchPath = (path, listener) => {
  const watcher = watch(path, { persistent: false }, (kind, name) => listener.onEvent(kind, name));
  watcher.on('error', (error) => listener.onError(error));
  return () => watcher.close();
};
