import type { BenchHomes } from './benchHomes.ts';

/** One line of the table: what was measured, what it was held against, and whether it stays within its limit. */
export interface BenchResult {
  what: string;
  against: string;
  /** In the unit of the limit: a ratio, milliseconds more, or percent of one core. */
  value: number;
  limit: number;
  /** `value` and `limit` as people read them: `1.31x`, `+93 ms`. */
  valueText: string;
  limitText: string;
  /** The medians that it comes from. */
  detail: string;
}

/** Something to measure, named for `--only`. */
export interface BenchCase {
  name: string;
  run(homes: BenchHomes): Promise<BenchResult[]>;
}

export function ratioResult(facts: {
  what: string;
  against: string;
  timeMs: number;
  againstMs: number;
  limit: number;
}): BenchResult {
  const { what, against, timeMs, againstMs, limit } = facts;
  const value = timeMs / againstMs;
  return {
    what,
    against,
    value,
    limit,
    valueText: `${value.toFixed(2)}x`,
    limitText: `${limit}x`,
    detail: `${timeMs.toFixed(1)} ms to ${againstMs.toFixed(1)} ms`,
  };
}
