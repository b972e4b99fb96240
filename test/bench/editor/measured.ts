import type { BenchResult } from '../benchCase.ts';

/** Units of the editor's results: `18 ms`, `+12 ms`, `153 kB`, `+4.1 MB`, `312`. */
export type Unit = 'ms' | '+ms' | 'kB' | '+MB' | 'nodes';

const decimals: Readonly<Record<Unit, number>> = { ms: 0, '+ms': 0, kB: 0, '+MB': 1, nodes: 0 };

/** A line of the table whose value stands for itself; a `+` says that it is a difference. */
export function measured(facts: {
  what: string;
  against: string;
  value: number;
  limit: number;
  unit: Unit;
  detail: string;
}): BenchResult {
  const { unit, value, limit, ...rest } = facts;
  const isMore = unit.startsWith('+');
  const name = unit.replace('+', '');
  const shown = `${isMore && value >= 0 ? '+' : ''}${value.toFixed(decimals[unit])} ${name}`;
  return { ...rest, value, limit, valueText: shown, limitText: `${isMore ? '+' : ''}${limit} ${name}` };
}

/** The value that this share of the values does not exceed, by the nearest rank. NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? Number.NaN;
}
