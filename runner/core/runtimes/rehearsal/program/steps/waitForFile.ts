import { existsSync, type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Resolves to true once the file exists, to false at the time limit or when the signal aborts. */
export function waitForFile(path: string, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    let watched = '';
    let watcher: FSWatcher | undefined;
    const finish = (found: boolean) => {
      clearTimeout(limit);
      signal.removeEventListener('abort', giveUp);
      watcher?.close();
      resolve(found);
    };
    const giveUp = () => finish(false);
    const look = () => {
      // The nearest folder that exists is watched, and looked at once more after watching has begun.
      for (let folder = nearestFolder(path); folder !== watched; folder = nearestFolder(path)) {
        watcher?.close();
        watcher = watch(folder, look);
        watcher.on('error', look);
        watched = folder;
      }
      if (existsSync(path)) finish(true);
    };
    const limit = setTimeout(giveUp, timeoutMs);
    signal.addEventListener('abort', giveUp);
    look();
  });
}

function nearestFolder(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder)) folder = dirname(folder);
  return folder;
}
