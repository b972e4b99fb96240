import type { AgentEvent, HookEvent } from './agentEvent.ts';

/** Longest text that is kept of one field, in characters: a whole command fits, a whole file does not. */
const maxTextLength = 4_000;
/** Most entries that are kept of one list or object, and how deep. */
const maxEntries = 50;
const maxDepth = 6;
/**
 * What a person is asked to allow is kept whole up to so many characters, and so deep: who allows it must see all of it.
 * A large edit fits.
 */
const maxAskedLength = 256 * 1024;
const maxAskedDepth = 32;
/** A question may be told by the use of its tool alone. */
const asks = new Set(['PermissionRequest', 'PreToolUse']);

/**
 * The event as it is kept: what tools quote (files, pasted texts, results) is cut, so that histories stay small. One that
 * asks something says so in `pan_cut`: nobody can see all of it here.
 */
export function trimEvent(event: AgentEvent): AgentEvent {
  if (event.source !== 'hook') return event;
  const { hook_event_name, ...fields } = event.event;
  if (hook_event_name === 'PermissionRequest' && lengthOf(fields, 0) <= maxAskedLength) return event;
  let cut = isCut(event.event);
  const kept = trimmed(fields, 0, () => {
    cut = true;
  });
  const mark = cut && asks.has(hook_event_name) ? { pan_cut: true } : {};
  return { ...event, event: { ...(kept as Record<string, unknown>), ...mark, hook_event_name } };
}

/** Whether something is missing of what the event asks. */
export function isCut(event: HookEvent): boolean {
  return event['pan_cut'] === true;
}

/** An event's `tool_input` as every event has it that is kept, so that those about the same use of a tool compare equal. */
export function comparableInput(input: unknown): unknown {
  return trimmed(input, 1, () => undefined);
}

/** What is cut already stays as it is. */
export function cutLong(text: string): string {
  const isShort = text.length <= maxTextLength;
  if (isShort || (text.length < maxTextLength + 40 && /\.\.\. \(\d+ characters\)$/.test(text))) return text;
  return `${text.slice(0, maxTextLength)}... (${text.length} characters)`;
}

function trimmed(value: unknown, depth: number, onCut: () => void): unknown {
  if (typeof value === 'string') {
    const kept = cutLong(value);
    if (kept !== value) onCut();
    return kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (depth >= maxDepth || entries.length > maxEntries) onCut();
  if (depth >= maxDepth) return '...';
  const kept = entries.slice(0, maxEntries).map(([name, entry]) => [name, trimmed(entry, depth + 1, onCut)] as const);
  return Array.isArray(value) ? kept.map(([, entry]) => entry) : Object.fromEntries(kept);
}

/** About the characters of its JSON; endless where it is too deep. */
function lengthOf(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 5;
  if (depth >= maxAskedDepth) return Number.POSITIVE_INFINITY;
  let length = 0;
  for (const [name, entry] of Object.entries(value)) {
    length += name.length + lengthOf(entry, depth + 1);
    if (length > maxAskedLength) return length;
  }
  return length;
}
