import type { Clock } from '../ports.ts';
import { GitFailure } from './gitFailure.ts';

/** Eight tries wait 3 to 6 seconds in all: git's own locks are held for milliseconds, except while it packs refs. */
const maxTries = 8;
const firstDelayMs = 25;

export interface RetryDependencies {
  clock: Clock;
  /** 0 to 1, spreads the retries of several processes. */
  random: () => number;
}

/** Runs `task` again while another git command holds a lock file. The last failure is thrown as it is. */
export async function retryWhileLocked<T>(deps: RetryDependencies, task: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await task();
    } catch (error) {
      if (!GitFailure.is(error, 'lockHeld') || tries === maxTries) throw error;
      const delayMs = retryDelayMs(tries, deps.random());
      await new Promise<void>((resolve) => deps.clock.after(delayMs, resolve));
    }
  }
}

/** Doubles with every try, half of it by chance. */
export function retryDelayMs(tries: number, random: number): number {
  const fullMs = firstDelayMs * 2 ** tries;
  return fullMs / 2 + (fullMs / 2) * random;
}
