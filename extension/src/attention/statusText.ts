import { dayTime } from '../../../runner/protocol/dayTime.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import type { RunnerState } from '../runner/runnerConnection.ts';

/** What the status bar tells of. */
export interface StatusFacts {
  runner: RunnerState;
  /** Why the runner is `failed` or `outdated`, in one sentence. */
  failure: string | undefined;
  agents: readonly Agent[];
  /** The longest waiting first. */
  needsYou: readonly Agent[];
  isMuted: boolean;
  /** Minutes after which a need gets a coloured background; 0: never. */
  escalateMinutes: number;
  now: Date;
}

export interface StatusText {
  /** With a codicon in front: `$(eye) 7 working, 2 need you`. */
  text: string;
  /** For screen readers. */
  spoken: string;
  isWarning: boolean;
}

/** The one item in the status bar. */
export function statusText(facts: StatusFacts): StatusText {
  switch (facts.runner) {
    case 'failed':
      return item('debug-disconnect', 'No runner', 'no runner answers, agents keep working', true);
    case 'down':
      return item('debug-disconnect', 'Runner stopped', 'the runner was stopped, agents keep working');
    case 'outdated':
      return item('debug-disconnect', 'Panopticon is outdated', 'a newer one runs on this machine');
    case 'starting':
    case 'reconnecting':
      return item('loading~spin', 'Panopticon', 'connecting to the runner');
    case 'untrusted':
    case 'unsupported':
      return item('eye', '', 'not running in this window');
    case 'ready':
      return counts(facts);
  }
}

/** Why no runner answers, for the tooltip; undefined while one does, or is about to. */
export function runnerTrouble({ failure, runner }: Pick<StatusFacts, 'failure' | 'runner'>): string | undefined {
  switch (runner) {
    case 'failed':
      return failure ?? 'The runner did not start.';
    case 'outdated':
      return failure ?? 'A newer Panopticon is running on this machine.';
    case 'down':
      return 'The runner was stopped. Your agents keep working.';
    default:
      return undefined;
  }
}

function counts(facts: StatusFacts): StatusText {
  const { agents, needsYou, isMuted, now } = facts;
  const working = agents.filter(({ status }) => status === 'working' || status === 'starting').length;
  const parked = agents.filter((agent) => agent.status === 'parked' && !needsYou.includes(agent));
  const isQuiet = working + needsYou.length === 0;
  const need = `${needsYou.length} need${needsYou.length === 1 ? 's' : ''} you`;
  const shown = [
    ...(working === 0 ? [] : [`${working} working`]),
    ...(needsYou.length === 0 ? [] : [need]),
    ...(isQuiet && parked.length > 0 ? [`${parked.length} parked${backAt(parked, now)}`] : []),
  ].join(', ');
  const spoken = [
    shown === '' ? 'no agent works' : shown.replace(' working', working === 1 ? ' agent working' : ' agents working'),
    ...(isMuted ? ['notifications paused'] : []),
  ].join(', ');
  const icon = isMuted ? 'bell-slash' : isQuiet && parked.length > 0 ? 'watch' : 'eye';
  return item(icon, shown, spoken, isLate(facts));
}

/** When they go on by themselves, as far as that is known. */
function backAt(parked: readonly Agent[], now: Date): string {
  const times = parked.map((agent) => agent.parked?.until ?? null);
  const [first] = times.filter((time) => time !== null).sort();
  if (first === undefined) return '';
  const all = times.every((time) => time === first);
  return `${all ? '' : ', the first'} until ${dayTime(first, now)}`;
}

/** Somebody has waited for longer than the person wants to let them wait. */
function isLate({ needsYou, escalateMinutes, now }: StatusFacts): boolean {
  const waitsMs = escalateMinutes * 60_000;
  const since = ({ ask, since: entered }: Agent): number => Date.parse(ask?.since ?? entered);
  return escalateMinutes > 0 && needsYou.some((agent) => now.getTime() - since(agent) >= waitsMs);
}

function item(icon: string, text: string, spoken: string, isWarning = false): StatusText {
  return { text: `$(${icon})${text === '' ? '' : ` ${text}`}`, spoken: `Panopticon: ${spoken}`, isWarning };
}
