import type { AgentEvent } from '../events/agentEvent.ts';

/** Whether an agent's own report says that it does nothing more for what it was told. */
export function endsTurn(event: AgentEvent): boolean {
  if (event.source !== 'hook') return false;
  return ['Stop', 'StopFailure', 'SessionEnd'].includes(event.event.hook_event_name);
}
