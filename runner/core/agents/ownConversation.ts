import type { HookEvent } from '../events/agentEvent.ts';
import type { Activity } from './activity.ts';
import type { AgentState } from './agentState.ts';

/**
 * The agent's state with the conversation that an event belongs to; the same object where nothing is new. Undefined
 * when the conversation is not the agent's: a tool that it started by itself inherits its variables.
 */
export function ownConversation(state: AgentState, event: HookEvent, activity: Activity): AgentState | undefined {
  const sessionId = event.session_id ?? state.sessionId;
  const transcript = typeof event['transcript_path'] === 'string' ? event['transcript_path'] : state.transcript;
  if (sessionId === state.sessionId) {
    return transcript === state.transcript ? state : { ...state, transcript };
  }
  return isAdopted(state, event, activity) ? { ...state, sessionId, transcript } : undefined;
}

function isAdopted(state: AgentState, event: HookEvent, activity: Activity): boolean {
  if (state.sessionId === null) return true;
  if (event.hook_event_name !== 'SessionStart') return false;
  // `/clear` and the like end a conversation before they begin the next. A tool of its own begins one beside it.
  return activity.kind === 'starting' || activity.kind === 'ended';
}
