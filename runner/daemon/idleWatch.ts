import type { Clock, Log } from '../core/ports.ts';

export interface IdleWatchDeps {
  clock: Clock;
  log: Log;
  /** Whether anything lives that the daemon is needed for. */
  isBusy(): Promise<boolean>;
  onIdle(): void;
}

/** Ten minutes after nobody is connected and no agent lives, the daemon ends by itself. */
export const idleAfterMs = 10 * 60_000;

/** Watches for the daemon not being needed any more. A timer runs only while no client is connected. */
export class IdleWatch {
  /** True: never ends by itself. */
  pinned = false;
  private readonly deps: IdleWatchDeps;
  private cancel: (() => void) | undefined;
  /** Raised whenever a client came or went. */
  private visits = 0;

  constructor(deps: IdleWatchDeps) {
    this.deps = deps;
  }

  clientsChanged(count: number): void {
    this.visits += 1;
    this.cancel?.();
    this.cancel = count > 0 ? undefined : this.deps.clock.after(idleAfterMs, () => void this.look());
  }

  /** Never rejects. */
  private async look(): Promise<void> {
    const visits = this.visits;
    const busy = this.pinned || (await this.isBusy());
    // Somebody came while the question was open; their leaving has begun a wait of its own.
    if (visits !== this.visits) return;
    if (busy) this.clientsChanged(0);
    else this.deps.onIdle();
  }

  /** A probe that failed proves no idleness. */
  private async isBusy(): Promise<boolean> {
    try {
      return await this.deps.isBusy();
    } catch (error) {
      this.deps.log.error('whether the daemon is still needed is not known', error);
      return true;
    }
  }
}
