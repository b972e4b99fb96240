import type { AgentId, IssueId } from './issueId.ts';

/** Tokens as models count them. `input` does not hold what came from or went to a cache. */
export interface Tokens {
  input: number;
  output: number;
  cacheRead: number;
  /** Written to a cache that lasts minutes (`cacheWrite`) or an hour (`cacheWriteLong`). */
  cacheWrite: number;
  cacheWriteLong: number;
}

/** Tokens first; dollars where the price of every model in it is known. */
export interface CostReport {
  total: CostLine;
  byAgent: (CostLine & { agentId: AgentId; issueId: IssueId; title: string })[];
  byModel: (CostLine & { model: string })[];
  /** `2026-11-22`, in the runner's time zone, newest first. */
  byDay: (CostLine & { day: string })[];
  /** The date of the prices that dollars were reckoned with. */
  pricesOf: string;
  /** Models whose price is not known. */
  unpriced: string[];
}

export interface CostLine {
  tokens: Tokens;
  /** All tokens of the line together. */
  totalTokens: number;
  /** US dollars at list prices; null when a model's price is not known. */
  dollars: number | null;
}

/** Use since midnight in the runner's time zone. */
export interface UsageToday {
  tokens: number;
  /** US dollars at list prices; null when a model's price is not known. */
  dollars: number | null;
}
