import type { AgentStatus } from '../../../runner/protocol/enumerations.ts';

/** From then on these statuses are right. Several while it cannot be known which: between a key and its effect. */
export interface TruthChange {
  /** Milliseconds since 1970. */
  atMs: number;
  right: readonly AgentStatus[];
  /** What happened: `turn ended`. */
  what: string;
}

export interface Sample {
  /** When the answer came, in milliseconds since 1970. */
  atMs: number;
  status: AgentStatus;
  reason: string;
}

export interface Lag {
  what: string;
  /** When the change was. */
  atMs: number;
  /** From the change to the first right sample; of one that was never right, to what happened next. */
  ms: number;
  everRight: boolean;
}

/** A sample that was wrong although the truth had stood for a while. */
export interface Wrong {
  sample: Sample;
  change: TruthChange;
}

export interface Judgement {
  /** Samples outside the grace after each change. */
  judged: number;
  wrong: Wrong[];
  lags: Lag[];
}

/** What is not judged after each change, in milliseconds: that late a status may be. */
export const graceMs = 1_000;

/** Compares what was shown with what was true. Both are in the order of their times. */
export function judgeSamples(changes: readonly TruthChange[], samples: readonly Sample[]): Judgement {
  const turns = changes.filter((change, at) => at > 0 && demands(change, changes[at - 1]));
  const wrong: Wrong[] = [];
  let judged = 0;
  for (const sample of samples) {
    const change = changes.findLast(({ atMs }) => atMs <= sample.atMs);
    const turn = turns.findLast(({ atMs }) => atMs <= sample.atMs);
    if (change === undefined || (turn !== undefined && sample.atMs - turn.atMs < graceMs)) continue;
    judged += 1;
    if (!change.right.includes(sample.status)) wrong.push({ sample, change });
  }
  return { judged, wrong, lags: turns.flatMap((turn) => lagOf(turn, changes, samples)) };
}

/** Whether a status that was right before may be wrong now. */
function demands(change: TruthChange, before: TruthChange | undefined): boolean {
  return before?.right.some((status) => !change.right.includes(status)) ?? false;
}

/** None where the truth changed again before anybody looked. */
function lagOf(turn: TruthChange, changes: readonly TruthChange[], samples: readonly Sample[]): Lag[] {
  const later = changes.slice(changes.indexOf(turn) + 1);
  const next = later.find(({ right }) => turn.right.some((status) => !right.includes(status)));
  const endMs = next?.atMs ?? Number.POSITIVE_INFINITY;
  const seen = samples.filter(({ atMs }) => atMs >= turn.atMs && atMs < endMs);
  const first = seen.find(({ status }) => turn.right.includes(status));
  const last = seen.at(-1);
  if (last === undefined) return [];
  return [{ what: turn.what, atMs: turn.atMs, ms: (first ?? last).atMs - turn.atMs, everRight: first !== undefined }];
}

/** The nearest rank: of 20 values the 19th is the 95th percentile. NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
