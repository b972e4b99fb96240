import type { Clock } from '../../runner/core/ports.ts';

/** A clock that stands still until the test moves it. */
export class MovableClock implements Clock {
  private nowMs: number;
  private readonly timers = new Set<{ dueMs: number; run: () => void }>();

  constructor(now = '2026-11-22T12:00:00.000Z') {
    this.nowMs = Date.parse(now);
  }

  get waiting(): number {
    return this.timers.size;
  }

  now(): Date {
    return new Date(this.nowMs);
  }

  monotonicMs(): number {
    return this.nowMs;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { dueMs: this.nowMs + ms, run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  move(ms: number): void {
    this.nowMs += ms;
    for (const timer of [...this.timers].filter(({ dueMs }) => dueMs <= this.nowMs)) {
      this.timers.delete(timer);
      timer.run();
    }
  }
}
