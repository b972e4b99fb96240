import { dayTime } from '../../protocol/dayTime.ts';
import type { AgentStatus } from '../../protocol/enumerations.ts';
import type { Parking } from '../../protocol/models.ts';
import type { Parked } from '../runtimes/parkedSign.ts';
import type { LiveSign } from '../runtimes/runtimeBehaviour.ts';
import type { Activity, LivingActivity } from './activity.ts';
import type { Intent } from './agentState.ts';
import { reconcile } from './reconcile.ts';

/** What tmux says of the agent's session at this moment. `unknown`: it could not be asked. */
export type PaneFact =
  | { kind: 'alive' }
  /** Both null for an instant after the death: tmux knows how it was a little later than that it was. */
  | { kind: 'dead'; exitCode: number | null; signal: number | null }
  | { kind: 'gone' }
  | { kind: 'unknown'; reason: string };

export interface StatusEvidence {
  intent: Intent;
  intentAt: string;
  outcome: string | null;
  activity: Activity;
  /** When the last report said so. */
  activityAt: string;
  /** What else can be seen, and what that means of its tool. */
  signs: readonly LiveSign[];
  titleTellsStart: boolean;
  /** When its transcript last grew. */
  grewAt: string | null;
  pane: PaneFact;
  /** Whether the runtime reports what it does; without, being alive is all that is known. */
  reportsEvents: boolean;
  runtime: string;
}

export interface Verdict {
  status: AgentStatus;
  reason: string;
  since: string;
  /** Of a parked one. */
  parked?: Parked & Pick<Parking, 'until'>;
}

/** A turn without any sign of life for this long is stuck: long builds and test runs report at least their start. */
export const stuckAfterMs = 30 * 60_000;

/** The one function that says how an agent is. Intent first, then what is certain (death), then its own reports. */
export function judgeStatus(evidence: StatusEvidence, now: Date): Verdict {
  const { intent, intentAt, activity, pane } = evidence;
  if (intent === 'done') return { status: 'done', reason: evidence.outcome ?? 'marked done', since: intentAt };
  if (intent === 'killed') return { status: 'stopped', reason: stoppedReason(evidence.outcome), since: intentAt };
  if (activity.kind === 'startFailed')
    return { status: 'stopped', reason: `did not start: ${activity.detail}`, since: activity.since };
  if (activity.kind === 'dead') return judgeDeath(activity, evidence.runtime);
  if (pane.kind === 'gone') return { status: 'crashed', reason: 'its terminal session is gone', since: activity.since };
  if (pane.kind === 'dead') return judgeDeadPane(pane, evidence.runtime, now);
  if (pane.kind === 'unknown')
    return { status: 'unknown', reason: `tmux could not be asked: ${pane.reason}`, since: now.toISOString() };
  if (!evidence.reportsEvents) {
    return {
      status: 'working',
      reason: `running; ${evidence.runtime} does not report what it does`,
      since: activity.since,
    };
  }
  const reconciled = reconcile(activity, evidence.activityAt, { ...evidence, now });
  return judgeActivity(reconciled.activity, evidence, now);
}

function stoppedReason(outcome: string | null): string {
  return outcome === null ? 'stopped by you' : `stopped by you · ${outcome}`;
}

/** The death was seen and is not noted yet: until it is known how it was, it is neither a crash nor a good end. */
function judgeDeadPane(pane: PaneFact & { kind: 'dead' }, runtime: string, now: Date): Verdict {
  const since = now.toISOString();
  if (pane.exitCode !== null || pane.signal !== null) return judgeDeath({ ...pane, since }, runtime);
  return { status: 'unknown', reason: `${runtime} has ended, and how is being found out`, since };
}

function judgeDeath(death: Activity & { kind: 'dead' }, runtime: string): Verdict {
  if (death.exitCode === 0)
    return { status: 'stopped', reason: `${runtime} ended by itself (exit code 0)`, since: death.since };
  return { status: 'crashed', reason: `${runtime} ${howItDied(death)}`, since: death.since };
}

function howItDied({ exitCode, signal }: { exitCode: number | null; signal: number | null }): string {
  if (signal !== null) return `was ended by signal ${signal}`;
  if (exitCode === null) return 'is gone, and how it ended is not known';
  // A shell reports a child's death by signal N as 128 + N (POSIX 2.8.2 asks for more than 128).
  return exitCode > 128 && exitCode < 160
    ? `was ended by signal ${exitCode - 128}`
    : `ended with exit code ${exitCode}`;
}

function judgeActivity(activity: LivingActivity, { runtime, grewAt }: StatusEvidence, now: Date): Verdict {
  switch (activity.kind) {
    case 'starting':
      return { status: 'starting', reason: `starting ${runtime}`, since: activity.since };
    case 'working':
      return judgeWork(activity, grewAt, now);
    case 'waiting':
      return { status: 'waiting', reason: activity.detail, since: activity.since };
    case 'idle':
      return { status: 'idle', reason: activity.detail, since: activity.since };
    case 'ended':
      return { status: 'idle', reason: activity.detail, since: activity.since };
    case 'parked':
      return judgeParked(activity, now);
  }
}

function judgeParked(activity: LivingActivity & { kind: 'parked' }, now: Date): Verdict {
  const { detail, since, cause, retries, until } = activity;
  const reason = until === null ? detail : `${detail} until ${dayTime(until, now)}`;
  return { status: 'parked', reason, since, parked: { cause, retries, until } };
}

function judgeWork(activity: LivingActivity & { kind: 'working' }, grewAt: string | null, now: Date): Verdict {
  const lastSign = Math.max(Date.parse(activity.lastSignAt), Date.parse(grewAt ?? activity.lastSignAt));
  const silentMs = now.getTime() - lastSign;
  if (silentMs < stuckAfterMs) return { status: 'working', reason: activity.detail, since: activity.since };
  const since = new Date(lastSign + stuckAfterMs).toISOString();
  return { status: 'stuck', reason: `${Math.floor(silentMs / 60_000)} min without a sign of life`, since };
}
