import { needsPerson } from '../../protocol/parking.ts';
import type { AgentEvent } from '../events/agentEvent.ts';
import type { LiveSign } from '../runtimes/runtimeBehaviour.ts';
import type { AgentState } from './agentState.ts';
import type { AgentHistory } from './eventLog.ts';
import type { Verdict } from './judgeStatus.ts';

type Going = Pick<AgentState, 'issueId' | 'runtime' | 'launchId' | 'sessionId' | 'resumed' | 'capabilities'>;
type Told = Pick<AgentHistory, 'recent'>;

/**
 * The command with which a person goes on with an agent; null where it goes on by itself, or is done. `isAsking`: it has
 * an open request; without one it waits in a dialog of its terminal.
 */
export function howToGoOn(
  agent: { state: Going; history: Told; verdict: Pick<Verdict, 'status' | 'parked'>; isAsking: boolean },
  signs: readonly Pick<LiveSign, 'source' | 'state'>[],
): string | null {
  const { state, history, verdict, isAsking } = agent;
  switch (verdict.status) {
    case 'waiting':
      return isAsking ? `pan work requests ${state.issueId}` : attach(state);
    case 'stuck':
      return attach(state);
    case 'parked':
      return fromParked(state, verdict, signs);
    case 'crashed':
    case 'stopped':
      return howToRestart(state, history);
    case 'idle':
      return tell(state);
    case 'starting':
    case 'working':
    case 'done':
    case 'unknown':
    case 'unreadable':
      return null;
  }
}

/** The command that starts an agent again which does not run. */
export function howToRestart(state: Going, history: Told): string {
  const goesOn = state.capabilities.resumes && hasConversation(state, history);
  return goesOn ? `pan work resume ${state.issueId}` : `pan work issue ${state.issueId} --runtime ${state.runtime}`;
}

/** Whether there is something to resume: tools keep a conversation from its first prompt on, whoever chose its id. */
export function hasConversation(state: Going, history: Told): boolean {
  return state.sessionId !== null && (state.resumed || tookTurn(state, history));
}

/**
 * Whether the launch reported a turn, which its first prompt began. Where the launch itself is among the last events,
 * all that it reported is as well.
 */
export function tookTurn({ launchId }: Pick<Going, 'launchId'>, { recent }: Told): boolean {
  const own = recent.filter((entry) => entry.launchId === launchId);
  const isWhole = own.some(({ source, event }) => source === 'runner' && 'type' in event && event.type === 'launched');
  return !isWhole || own.some(tellsOfTurn);
}

const besideTurns = new Set(['SessionStart', 'SessionEnd', 'Notification']);

function tellsOfTurn(entry: AgentEvent): boolean {
  return entry.source === 'hook' && !besideTurns.has(entry.event.hook_event_name);
}

function fromParked(
  state: Going,
  { parked }: Pick<Verdict, 'parked'>,
  signs: readonly Pick<LiveSign, 'source' | 'state'>[],
): string | null {
  if (parked === undefined) return null;
  if (needsPerson({ parked })) return attach(state);
  if (parked.cause !== 'limit' || parked.retries === true) return null;
  // A dialog about it stands in the terminal.
  return signs.some(({ source, state: sign }) => source === 'screen' && sign === 'parked')
    ? attach(state)
    : tell(state);
}

function attach({ issueId }: Going): string {
  return `pan work attach ${issueId}`;
}

function tell({ issueId }: Going): string {
  return `pan work tell ${issueId} "..."`;
}
