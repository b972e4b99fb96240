import type { Clock } from '../ports.ts';

export interface WakeupDeps {
  clock: Clock;
  run(): Promise<void>;
  /** `run` rejected; it is tried again. */
  onError(error: unknown): void;
}

/** Also where nothing is due for longer: timers of Node take no more than 24 days. */
const longestMs = 24 * 60 * 60_000;
const retryMs = 30_000;

/** Runs something at the earliest of the times that were asked for, one run after the other. */
export class Wakeup {
  private readonly deps: WakeupDeps;
  private dueMs: number | undefined;
  private stopTimer: () => void = () => undefined;
  private isRunning = false;
  private isDue = false;

  constructor(deps: WakeupDeps) {
    this.deps = deps;
  }

  /** Runs in at most this many milliseconds. */
  within(ms: number): void {
    const waitMs = Math.min(ms, longestMs);
    const dueMs = this.deps.clock.monotonicMs() + waitMs;
    if (this.dueMs !== undefined && this.dueMs <= dueMs) return;
    this.stopTimer();
    this.dueMs = dueMs;
    this.stopTimer = this.deps.clock.after(waitMs, () => {
      this.dueMs = undefined;
      this.isDue = true;
      if (!this.isRunning) void this.runWhileDue();
    });
  }

  cancel(): void {
    this.stopTimer();
    this.dueMs = undefined;
    this.isDue = false;
  }

  private async runWhileDue(): Promise<void> {
    this.isRunning = true;
    while (this.isDue) {
      this.isDue = false;
      try {
        await this.deps.run();
      } catch (error) {
        this.deps.onError(error);
        this.within(retryMs);
      }
    }
    this.isRunning = false;
  }
}
