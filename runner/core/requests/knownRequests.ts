import { openRequest } from '../agents/activity.ts';
import type { AgentHistory } from '../agents/eventLog.ts';
import type { AgentEvent } from '../events/agentEvent.ts';

/** Fewer characters could begin any id. */
const fewestCharacters = 4;

/** The ids that `typed` stands for, of the requests that are open or were lately: itself, else those that begin with it. */
export function meantRequests(
  { activity, recent }: Pick<AgentHistory, 'activity' | 'recent'>,
  typed: string,
): string[] {
  const open = activity.kind === 'waiting' ? activity.open.map(({ id }) => id) : [];
  const known = new Set([...open, ...recent.flatMap((entry) => askedId(entry) ?? answeredId(entry) ?? [])]);
  if (known.has(typed)) return [typed];
  return typed.length < fewestCharacters ? [] : [...known].filter((id) => id.startsWith(typed));
}

/** The request that a report of the agent's tells of. */
export function askedId(entry: AgentEvent): string | undefined {
  if (entry.source !== 'hook') return undefined;
  const { hook_event_name: name, tool_name: tool } = entry.event;
  const asks = name === 'PermissionRequest' || (name === 'PreToolUse' && tool === 'AskUserQuestion');
  return asks ? openRequest(entry).id : undefined;
}

function answeredId({ source, event }: AgentEvent): string | undefined {
  return source === 'runner' && event.type === 'answered' ? event.requestId : undefined;
}
