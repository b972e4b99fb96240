import type { AgentHistory } from '../agents/eventLog.ts';
import type { AgentEvent } from '../events/agentEvent.ts';
import { timeOfDay } from '../text/timeOfDay.ts';
import { askedId } from './knownRequests.ts';

/** Why a request is not open any more, as a clause, where the agent's history still tells. */
export function goneReason({ recent }: Pick<AgentHistory, 'recent'>, requestId: string): string | undefined {
  for (const { source, event, at } of recent)
    if (source === 'runner' && event.type === 'answered' && event.requestId === requestId)
      return `it was answered by you from ${event.from} at ${timeOfDay(at)}`;
  const asked = recent.findIndex((entry) => askedId(entry) === requestId);
  if (asked < 0) return undefined;
  for (const entry of recent.slice(asked + 1)) {
    const reason = closedBy(entry);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function closedBy(entry: AgentEvent): string | undefined {
  if (entry.source === 'runner') {
    if (entry.event.type === 'launched') return `the agent was started anew at ${timeOfDay(entry.at)}`;
    const ends = ['died', 'gone', 'intent'].includes(entry.event.type);
    return ends ? `the agent ended at ${timeOfDay(entry.at)}` : undefined;
  }
  switch (entry.event.hook_event_name) {
    case 'PostToolUse':
    case 'PostToolUseFailure':
    case 'Stop':
    case 'StopFailure':
    case 'UserPromptSubmit':
      return `it was answered in the terminal at ${timeOfDay(entry.at)}`;
    case 'SessionEnd':
      return `the agent ended at ${timeOfDay(entry.at)}`;
    default:
      return undefined;
  }
}
