import type { AgentEvent } from './agentEvent.ts';

/** Longest text that is kept of one field, in characters: a whole command fits, a whole file does not. */
const maxTextLength = 4_000;
/** Most entries that are kept of one list or object, and how deep. */
const maxEntries = 50;
const maxDepth = 6;

/** The event as it is kept: what tools quote (files, pasted texts, results) is cut, so that histories stay small. */
export function trimEvent(event: AgentEvent): AgentEvent {
  if (event.source !== 'hook') return event;
  const { hook_event_name, ...fields } = event.event;
  const kept = trimmed(fields, 0) as Record<string, unknown>;
  return { ...event, event: { ...kept, hook_event_name } };
}

export function cutLong(text: string): string {
  return text.length <= maxTextLength ? text : `${text.slice(0, maxTextLength)}... (${text.length} characters)`;
}

function trimmed(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cutLong(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '...';
  if (Array.isArray(value)) return value.slice(0, maxEntries).map((entry) => trimmed(entry, depth + 1));
  const entries = Object.entries(value).slice(0, maxEntries);
  return Object.fromEntries(entries.map(([name, entry]) => [name, trimmed(entry, depth + 1)]));
}
