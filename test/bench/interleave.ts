/** Something whose duration is measured. `prepare` and `undo` are not part of it. */
export interface Contestant {
  prepare?(round: number): Promise<void> | void;
  run(round: number): Promise<void> | void;
  undo?(round: number): Promise<void> | void;
}

/**
 * Measures several things in turn, A B C A B C ..., so that whatever else the machine does meets all of them alike.
 * The first `warmUps` rounds do not count.
 *
 * @returns the median duration of each, in milliseconds.
 */
export async function interleave<K extends string>(
  contestants: Readonly<Record<K, Contestant>>,
  options: { rounds: number; warmUps: number },
): Promise<Record<K, number>> {
  const names = Object.keys(contestants) as K[];
  const times = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < options.warmUps + options.rounds; round += 1) {
    for (const name of names) {
      const timeMs = await timeOf(contestants[name], round);
      if (round >= options.warmUps) times.get(name)?.push(timeMs);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<K, number>;
}

async function timeOf(contestant: Contestant, round: number): Promise<number> {
  await contestant.prepare?.(round);
  const startMs = performance.now();
  await contestant.run(round);
  const timeMs = performance.now() - startMs;
  await contestant.undo?.(round);
  return timeMs;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [below = Number.NaN, above = Number.NaN] = [
    sorted[sorted.length % 2 === 0 ? middle - 1 : middle],
    sorted[middle],
  ];
  return (below + above) / 2;
}
