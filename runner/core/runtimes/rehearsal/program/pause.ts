import { setTimeout as sleep } from 'node:timers/promises';

// The longest a timer of Node can hold; a timer that is never reached costs nothing and keeps the process alive.
const LONGEST_MS = 2_147_483_647;

/** Waits; ends early, without an error, when the signal aborts. */
export async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(durationMs, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Waits until the signal aborts. */
export async function pauseUntilAborted(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await pause(LONGEST_MS, signal);
}
