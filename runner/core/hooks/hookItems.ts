import {
  array,
  type InferOutput,
  literal,
  looseObject,
  minValue,
  number,
  optional,
  picklist,
  pipe,
  regex,
  string,
} from 'valibot';
import { hookItemStates, priorities } from '../../protocol/enumerations.ts';
import type { HookItem } from '../../protocol/models.ts';

/** Crockford's base 32, 26 characters; the first one holds three bits only. */
const ulidPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

const itemSchema = looseObject({
  id: pipe(string(), regex(ulidPattern)),
  type: string(),
  priority: picklist(priorities),
  state: picklist(hookItemStates),
  source: string(),
  text: string(),
  createdAt: string(),
  updatedAt: string(),
  /** The launch whose first prompt holds it; kept until it is handed to another. */
  launchId: optional(string()),
  /** A launch that is about to be given it: written before, so that a daemon that dies in between is understood. */
  promisedTo: optional(string()),
});

/** hook.json. Fields that are not known are kept when the file is written again. */
export const hookFileSchema = looseObject({ schema: literal(1), items: array(itemSchema) });
export const newerHookFileSchema = looseObject({ schema: pipe(number(), minValue(2)) });

export type StoredItem = InferOutput<typeof itemSchema>;

/** The id in upper case, or undefined when it is not a ULID. */
export function parseUlid(text: string): string | undefined {
  const id = text.toUpperCase();
  return ulidPattern.test(id) ? id : undefined;
}

export function isPending(item: StoredItem): boolean {
  return item.state !== 'done' && item.state !== 'expired';
}

export function withoutPromise({ promisedTo: _, ...item }: StoredItem): StoredItem {
  return item;
}

/** Highest priority first, then oldest first: ULIDs sort by the time they were made. */
export function compareItems(a: StoredItem, b: StoredItem): number {
  const byPriority = priorities.indexOf(a.priority) - priorities.indexOf(b.priority);
  if (byPriority !== 0 || a.id === b.id) return byPriority;
  return a.id < b.id ? -1 : 1;
}

/** What ended last first. */
export function compareEnds(a: StoredItem, b: StoredItem): number {
  if (a.updatedAt === b.updatedAt) return a.id < b.id ? 1 : -1;
  return a.updatedAt < b.updatedAt ? 1 : -1;
}

export function toHookItem(stored: StoredItem): HookItem {
  const { id, type, priority, state, source, text, createdAt, updatedAt: since } = stored;
  return { id, type, priority, state, since, source, text, createdAt };
}
