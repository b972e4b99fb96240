export interface RefetchClock {
  /** Milliseconds of a clock that only goes forward. */
  monotonicMs(): number;
  /** Calls once after that time; the returned function takes it back. */
  after(ms: number, call: () => void): () => void;
}

/**
 * Runs a task when it is asked for: one at a time, and never sooner than `everyMs` after the last one. Asked again
 * meanwhile it runs once more. Its timer runs only while a run is due.
 */
export class Refetch {
  private readonly task: () => Promise<void>;
  private readonly everyMs: number;
  private readonly clock: RefetchClock;
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;
  private endedAt = Number.NEGATIVE_INFINITY;
  private endPause: (() => void) | undefined;
  private isDisposed = false;

  /** Where the task rejects, so does whoever waits for it; it runs again all the same. */
  constructor(task: () => Promise<void>, everyMs: number, clock: RefetchClock) {
    this.task = task;
    this.everyMs = everyMs;
    this.clock = clock;
  }

  /** Resolves when the task, begun after this call, has ended. */
  soon(): Promise<void> {
    this.next ??= this.running.then(() => this.pause()).then(() => this.begin());
    return this.next;
  }

  dispose(): void {
    this.isDisposed = true;
    this.endPause?.();
  }

  private begin(): Promise<void> {
    this.next = undefined;
    if (this.isDisposed) return Promise.resolve();
    const run = this.task().finally(() => {
      this.endedAt = this.clock.monotonicMs();
    });
    this.running = run.catch(() => undefined);
    return run;
  }

  private async pause(): Promise<void> {
    const restMs = this.endedAt + this.everyMs - this.clock.monotonicMs();
    if (restMs <= 0 || this.isDisposed) return;
    await new Promise<void>((resolve) => {
      const cancel = this.clock.after(restMs, resolve);
      this.endPause = () => {
        cancel();
        resolve();
      };
    });
    this.endPause = undefined;
  }
}
