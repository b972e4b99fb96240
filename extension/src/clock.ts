/** Time of this machine, passed to what has to be tested without it. */
export const machineClock = {
  /** Milliseconds of a clock that never jumps; only differences mean something. */
  monotonicMs: (): number => performance.now(),
  /** Calls `run` once after `ms` milliseconds, unless the returned function is called before. */
  after(ms: number, run: () => void): () => void {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
