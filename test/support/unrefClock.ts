import type { Clock } from '../../runner/core/ports.ts';

/** The time of the machine; its timers keep no process alive, as the port promises. */
export const unrefClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
