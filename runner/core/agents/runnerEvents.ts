import type { AgentEvent, RunnerEvent } from '../events/agentEvent.ts';
import type { AgentState } from './agentState.ts';

/** What the runner observes or does about a launch, as its events log takes it. */
export function runnerEvent(state: Pick<AgentState, 'launchId'>, at: string, event: RunnerEvent): AgentEvent {
  return { source: 'runner', at, launchId: state.launchId, event };
}

/** The first event of every launch. `silent` where it is not known: only who is resumed may be given nothing to do. */
export function launchedEvent(state: AgentState, at: string, silent = state.resumed): AgentEvent {
  const { fence, sessionId, resumed } = state;
  return runnerEvent(state, at, { type: 'launched', fence, sessionId, resumed, ...(silent ? { silent } : {}) });
}
