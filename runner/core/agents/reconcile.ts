import type { LiveSign, SignState } from '../runtimes/runtimeBehaviour.ts';
import type { LivingActivity } from './activity.ts';

/** What an agent does, after everything that says something about it was heard. */
export interface Reconciled {
  activity: LivingActivity;
  /** The sign that is later than the agent's own reports and contradicts them. */
  decidedBy: LiveSign | null;
}

/**
 * A title is seen up to a second after it was set (tmux compares subscriptions once a second), so that a look at it
 * shortly after a report may have shown an old one. One that still stands after this, in milliseconds, is none. The
 * files of the tools carry their own times; a hook's report is dated up to 0.1 s after the event (its process starts).
 */
export const titleSettlesMs = 1_100;

export interface Seen {
  signs: readonly LiveSign[];
  /** The tool reports nothing before its first prompt: its title tells that it came up. */
  titleTellsStart: boolean;
  now: Date;
}

/**
 * Sets an agent's reports against what else can be seen of it: reports miss what no hook tells (Esc, a dialog answered
 * with no in the terminal, a retry after a limit). The latest wins; signs that agree change nothing.
 */
export function reconcile(activity: LivingActivity, activityAt: string, seen: Seen): Reconciled {
  const later = seen.signs
    .filter((sign) => isLater(sign, Date.parse(activityAt), seen.now))
    .sort((a, b) => Date.parse(b.since) - Date.parse(a.since));
  const sign = decisive(later);
  const reported = { activity: withUntil(activity, seen.signs), decidedBy: null };
  if (sign === undefined || agrees(sign.state, activity)) return reported;
  const next = overruled(activity, sign, seen.titleTellsStart);
  return next === undefined ? reported : { activity: next, decidedBy: sign };
}

/** A tool writes down what parked it shortly before its hook reports that, and at times only there until when. */
const writtenBeforeMs = 5_000;

function withUntil(activity: LivingActivity, signs: readonly LiveSign[]): LivingActivity {
  if (activity.kind !== 'parked' || activity.until !== null) return activity;
  const from = Date.parse(activity.since) - writtenBeforeMs;
  const told = signs.find(
    ({ state, until, since }) => state === 'parked' && until !== null && Date.parse(since) >= from,
  );
  return told === undefined ? activity : { ...activity, until: told.until };
}

function isLater({ source, since }: LiveSign, reportedAt: number, now: Date): boolean {
  // A screen's sign is dropped as soon as the screen shows it no more.
  if (source === 'screen') return true;
  const seenAt = Date.parse(since);
  if (seenAt <= reportedAt) return false;
  return source !== 'title' || seenAt > reportedAt + titleSettlesMs || now.getTime() >= seenAt + titleSettlesMs;
}

/** The latest one; `quiet` only says that it is not busy, so that it gives way to a sign that says more. */
function decisive(later: readonly LiveSign[]): LiveSign | undefined {
  const [latest] = later;
  if (latest?.state !== 'quiet') return latest;
  const specific = later.find(({ state }) => state !== 'quiet');
  return specific === undefined || specific.state === 'busy' ? latest : specific;
}

function agrees(state: SignState, activity: LivingActivity): boolean {
  switch (state) {
    case 'busy':
      return activity.kind === 'working';
    case 'idle':
      return activity.kind === 'idle' || activity.kind === 'ended';
    case 'quiet':
      return activity.kind !== 'working' && activity.kind !== 'starting';
    case 'waiting':
      return activity.kind === 'waiting';
    case 'parked':
      return false;
  }
}

/** Undefined where a sign has no say: a start is over when it is reported, a limit when it goes on. */
function overruled(activity: LivingActivity, sign: LiveSign, titleTellsStart: boolean): LivingActivity | undefined {
  const { source, state, detail, since, until } = sign;
  if (activity.kind === 'starting') {
    // Who was given something to do stands there for a moment before it takes it up.
    const isUp = source === 'title' && titleTellsStart && activity.silent === true;
    if (!isUp && state !== 'waiting' && state !== 'parked') return undefined;
  }
  // A title and a file of its process tell of its turn only.
  if (activity.kind === 'working' && activity.background === true && (state === 'idle' || state === 'quiet'))
    return undefined;
  switch (sign.state) {
    case 'busy':
      return { kind: 'working', since, lastSignAt: since, detail };
    case 'idle':
      return activity.kind === 'parked' ? undefined : { kind: 'idle', since, detail };
    case 'quiet':
      return { kind: 'idle', since, detail };
    case 'waiting':
      return { kind: 'waiting', since, detail, open: [] };
    case 'parked':
      return { kind: 'parked', since, detail, cause: sign.cause, retries: sign.retries, until };
  }
}
