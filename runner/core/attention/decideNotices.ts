import type { NoticePolicy, WindowState } from '../../protocol/attention.ts';
import { type News, settingOf } from './news.ts';

/** News that nobody was told of yet. */
export interface Untold {
  news: News;
  /** By the clock that never jumps, like all times here. */
  seenAtMs: number;
  /** It was due while nobody could be told; it belongs into a summary. */
  missed: Missed | null;
  /** It happened while somebody wanted to know, and the desktop has not shown it. */
  isForDesktop: boolean;
}

export type Missed = 'away' | 'paused';

export interface Circumstances {
  /** In the order in which they were seen. */
  untold: readonly Untold[];
  windows: readonly Pick<WindowState, 'focused' | 'lookingAt'>[];
  policy: NoticePolicy;
  /** Paused by a person, or quiet hours. */
  isPaused: boolean;
  /** When notifications were presented, oldest first, since a person last acted. */
  presentedAtMs: readonly number[];
  nowMs: number;
}

export interface Decision {
  /** To announce now, together; empty: nothing. */
  present: News[];
  /** Why they are summed up; null: they are announced as they happened. */
  summary: Missed | null;
  /** Known from now on without an announcement. */
  silent: News[];
  /** These were due just now, and nobody could be told. */
  missed: News[];
  /** When to decide again, if nothing changes before. */
  againAtMs: number | null;
}

/** After this many notifications within that time only status bar and badge tell, until a person acts. */
export const mostInRow = 3;
const rowMs = 5 * 60_000;

/** `ready`: due, and somebody can be told. `coming`: not due. `kept`: for the summary, as was known before. */
type Fate = 'silent' | 'coming' | 'missed' | 'kept' | 'ready';

/** Decides what is announced now, what never, and what later, by the rules of docs/notifications.md. */
export function decideNotices(given: Circumstances): Decision {
  const fates = given.untold.map((each) => ({ ...each, fate: fateOf(each, given) }));
  const having = (fate: Fate): Untold[] => fates.filter((each) => each.fate === fate);
  const ready = having('ready');
  const coming = having('coming').map((each) => dueMs(each, given));
  const decision: Decision = {
    present: [],
    summary: null,
    silent: newsIn(having('silent')),
    missed: newsIn(having('missed')),
    againAtMs: earliest(coming),
  };
  if (!ready.some((each) => isToast(each, given)) || isTooMuch(given.presentedAtMs)) {
    return { ...decision, silent: [...decision.silent, ...newsIn(ready)] };
  }
  const atMs = announcedAtMs(ready, coming, given);
  if (atMs > given.nowMs) return { ...decision, againAtMs: earliest([atMs, ...coming]) };
  // A limit ends by itself: it is summed up only for those who want to be interrupted by it.
  const told = ready.filter((each) => each.news.kind !== 'limit' || isToast(each, given));
  const untold = ready.filter((each) => !told.includes(each));
  return {
    ...decision,
    present: newsIn(told),
    summary: summaryOf(told),
    silent: [...decision.silent, ...newsIn(untold)],
  };
}

function fateOf(each: Untold, given: Circumstances): Fate {
  const setting = settingOf(each.news, given.policy);
  if (setting === 'off') return 'silent';
  if (each.missed === null && dueMs(each, given) > given.nowMs) return 'coming';
  const focused = given.windows.filter((window) => window.focused);
  if (focused.some(({ lookingAt }) => lookingAt.includes(each.news.agentId))) return 'silent';
  if (given.isPaused || focused.length === 0) return each.missed === null ? 'missed' : 'kept';
  return setting === 'toast' || each.missed !== null ? 'ready' : 'silent';
}

function dueMs({ seenAtMs }: Untold, { policy }: Circumstances): number {
  return seenAtMs + policy.delaySeconds * 1000;
}

function isToast({ news }: Untold, { policy }: Circumstances): boolean {
  return settingOf(news, policy) === 'toast';
}

function isTooMuch(presentedAtMs: readonly number[]): boolean {
  const row = presentedAtMs.slice(-mostInRow);
  return row.length === mostInRow && (row.at(-1) ?? 0) - (row[0] ?? 0) < rowMs;
}

/** Not sooner after the last one than is wished; and those that are due shortly come along. */
function announcedAtMs(ready: readonly Untold[], coming: readonly number[], given: Circumstances): number {
  const { policy, presentedAtMs, nowMs } = given;
  const spacedMs = (presentedAtMs.at(-1) ?? Number.NEGATIVE_INFINITY) + policy.everySeconds * 1000;
  const first = earliest(ready.filter(({ missed }) => missed === null).map((each) => dueMs(each, given)));
  const longestMs = (first ?? nowMs) + policy.delaySeconds * 1000;
  const company = first === null ? [] : coming.filter((due) => due <= longestMs);
  return Math.max(nowMs, spacedMs, ...company);
}

function summaryOf(told: readonly Untold[]): Missed | null {
  const reasons = new Set(told.flatMap(({ missed }) => missed ?? []));
  if (reasons.size === 0) return null;
  return reasons.has('away') ? 'away' : 'paused';
}

function newsIn(untold: readonly Untold[]): News[] {
  return untold.map(({ news }) => news);
}

function earliest(times: readonly number[]): number | null {
  return times.length === 0 ? null : Math.min(...times);
}
