import { HopefulWatch, type HopefulWatchDeps } from '../../transcripts/hopefulWatch.ts';
import { FolderChanges } from './folderChanges.ts';

type OnChange = (name: string | null) => void;

interface Watched {
  changes: FolderChanges;
  listeners: Set<OnChange>;
}

/** The folders that are watched: one watch a folder, however many want to hear of it. */
export class FolderWatches {
  private readonly deps: HopefulWatchDeps;
  private readonly watched = new Map</* folder */ string, Watched>();

  constructor(deps: HopefulWatchDeps) {
    this.deps = deps;
  }

  /** `onChange` gets the name of the file, or null when it is not known. Returns the function that ends it. */
  begin(folder: string, onChange: OnChange): () => void {
    const watched = this.watched.get(folder) ?? this.start(folder);
    watched.listeners.add(onChange);
    return () => {
      if (!watched.listeners.delete(onChange) || watched.listeners.size > 0) return;
      watched.changes.close();
      this.watched.delete(folder);
    };
  }

  /** Undefined for a folder that is not watched. */
  changesOf(folder: string): FolderChanges | undefined {
    return this.watched.get(folder)?.changes;
  }

  private start(folder: string): Watched {
    const listeners = new Set<OnChange>();
    const watch = (onChange: OnChange): HopefulWatch => new HopefulWatch(folder, this.deps, onChange);
    const onChange = (name: string | null): void => {
      for (const listener of [...listeners]) listener(name);
    };
    const changes = new FolderChanges(watch, onChange, () => this.forgetAll());
    const watched = { changes, listeners };
    this.watched.set(folder, watched);
    return watched;
  }

  /** They share the system's queue: anything may have changed in each. */
  private forgetAll(): void {
    for (const { changes, listeners } of this.watched.values()) {
      changes.putBack();
      for (const listener of [...listeners]) listener(null);
    }
  }
}
