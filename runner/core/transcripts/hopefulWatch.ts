import { existsSync } from 'node:fs';
import path from 'node:path';
import { errnoOf } from '../files/fileFailure.ts';
import type { Clock, Log } from '../ports.ts';
import { messageOf } from '../text/messageOf.ts';
import type { WatchPath } from './watchPath.ts';

export interface HopefulWatchDeps {
  watch: WatchPath;
  clock: Clock;
  log: Log;
}

/** How often is looked where the system cannot watch (no inotify watches left). */
const slowLookMs = 5_000;

/**
 * Watches a file or folder that need not be there yet: until it is, the nearest folder above it is watched. `onChange`
 * gets the name of what changed in a folder, or null where it is not known.
 */
export class HopefulWatch {
  private readonly target: string;
  private readonly deps: HopefulWatchDeps;
  private readonly onChange: (name: string | null) => void;
  private unwatch: (() => void) | undefined;
  private cancelLook: (() => void) | undefined;
  private isOnTarget = false;
  private isClosed = false;
  private warned = false;

  constructor(target: string, deps: HopefulWatchDeps, onChange: (name: string | null) => void) {
    this.target = target;
    this.deps = deps;
    this.onChange = onChange;
    this.watchNearest();
  }

  /** Whether the target itself is watched now: nothing in it changes without `onChange`. */
  get seesAll(): boolean {
    return this.unwatch !== undefined && this.isOnTarget;
  }

  close(): void {
    this.isClosed = true;
    this.stopWatching();
  }

  private stopWatching(): void {
    this.unwatch?.();
    this.unwatch = undefined;
    this.cancelLook?.();
    this.cancelLook = undefined;
  }

  private watchNearest(): void {
    this.stopWatching();
    if (this.isClosed) return;
    let nearest = this.target;
    for (;;) {
      const problem = this.tryWatch(nearest);
      if (problem === undefined) break;
      const above = path.dirname(nearest);
      if (errnoOf(problem) !== 'ENOENT' || above === nearest) {
        this.lookSlowly(problem);
        return;
      }
      nearest = above;
    }
    // What appeared between the refusal and the watch on the folder above it made no event.
    if (nearest !== this.target && existsSync(this.stepBelow(nearest))) this.goOn();
  }

  private tryWatch(watched: string): unknown {
    try {
      const step = watched === this.target ? undefined : path.basename(this.stepBelow(watched));
      this.unwatch = this.deps.watch(watched, {
        onEvent: (kind, name) =>
          this.onEvent(kind, name, step === undefined ? undefined : [step, path.basename(watched)]),
        onError: (error) => this.lookSlowly(error),
      });
      this.isOnTarget = watched === this.target;
      return undefined;
    } catch (error) {
      return error;
    }
  }

  /** `awaited`: the names in a folder above the target that change what is nearest; libuv names a folder that is gone. */
  private onEvent(kind: 'rename' | 'change', name: string | null, awaited: readonly string[] | undefined): void {
    if (this.isClosed) return;
    if (awaited !== undefined) {
      if (name === null || awaited.includes(name)) this.goOn();
      return;
    }
    const isGone = kind === 'rename' && (name === null || name === path.basename(this.target));
    if (isGone) this.goOn();
    else this.onChange(name);
  }

  private goOn(): void {
    this.watchNearest();
    if (!this.isClosed && existsSync(this.target)) this.onChange(null);
  }

  private lookSlowly(problem: unknown): void {
    this.stopWatching();
    if (this.isClosed) return;
    if (!this.warned) {
      this.warned = true;
      this.deps.log.warn(`${this.target} cannot be watched and is looked at now and then: ${messageOf(problem)}`);
    }
    this.cancelLook = this.deps.clock.after(slowLookMs, () => this.goOn());
  }

  /** The next component of the target's path below `folder`. */
  private stepBelow(folder: string): string {
    const [first = ''] = path.relative(folder, this.target).split(path.sep);
    return path.join(folder, first);
  }
}
