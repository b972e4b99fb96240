/** First pause between two probes, in milliseconds; it doubles up to `longestPauseMs`. */
const firstPauseMs = 2;
const longestPauseMs = 50;

/**
 * Asks `probe` until it answers something else than undefined and returns that answer. Between two probes it pauses,
 * briefly first and then longer. An error of the probe ends the waiting: answer undefined for "not yet".
 *
 * @throws Error that names `what` once `timeoutMs` have passed.
 */
export async function waitFor<T>(
  probe: () => Promise<T | undefined> | T | undefined,
  options: { timeoutMs: number; what: string },
): Promise<T> {
  const deadline = performance.now() + options.timeoutMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    if (performance.now() >= deadline) throw new Error(`Waited ${options.timeoutMs} ms in vain for ${options.what}.`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
