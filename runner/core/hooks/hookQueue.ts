import { statSync } from 'node:fs';
import { type HookItemState, priorities } from '../../protocol/enumerations.ts';
import type { AgentId } from '../../protocol/issueId.ts';
import type { HookItem } from '../../protocol/models.ts';
import type { HookPushParams } from '../../protocol/requests.ts';
import { fileFailure } from '../files/fileFailure.ts';
import type { KeyedMutex } from '../files/keyedMutex.ts';
import { readChecked } from '../files/readChecked.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Clock } from '../ports.ts';
import {
  badHookItem,
  hookConflict,
  hookFull,
  hookItemGone,
  hookNewer,
  hookRefused,
  hookUnreadable,
  noHookItem,
} from './hookFailures.ts';
import {
  compareEnds,
  compareItems,
  hookFileSchema,
  isPending,
  newerHookFileSchema,
  parseUlid,
  type StoredItem,
  toHookItem,
  withoutPromise,
} from './hookItems.ts';
import { type LaunchFacts, nextItem } from './hookLife.ts';

/** Longest text of one item, and longest hook.json (state files are read up to 16 MB), in bytes. */
const maxTextBytes = 1024 * 1024;
const maxFileBytes = 15 * 1024 * 1024;
/** Of what is done, so many are listed. */
const mostDone = 20;
const wordPattern = /^[A-Za-z][\w-]{0,63}$/;

interface HookQueueDeps {
  paths: Pick<RunnerPaths, 'agent'>;
  clock: Clock;
  mutex: KeyedMutex;
}

/**
 * The hooks of agents: pending work, kept in `agents/<id>/hook.json` as `{ schema: 1, items }`. An agent need not exist
 * yet. Safe for any number of callers in this process, which is the only writer.
 */
export class HookQueue {
  private readonly deps: HookQueueDeps;
  private readonly counts = new Map<AgentId, { stamp: string; count: number }>();
  /** Launches that are being made, and whose first prompts hold what was promised to them. */
  private readonly launching = new Map<AgentId, /* launch id */ string>();

  constructor(deps: HookQueueDeps) {
    this.deps = deps;
  }

  /**
   * Adds an item and answers it once it is on disk. Pushing the same id again answers the item that is there.
   *
   * @throws UserError `badHookItem` (no ULID, no or too much text, unknown priority), `conflict` (the id is there with
   * another text), `hookFull`, and what `check` throws.
   */
  async push(agentId: AgentId, item: Omit<HookPushParams, 'id'>): Promise<HookItem> {
    const added = toStored(item, this.deps.clock.now().toISOString());
    return this.deps.mutex.run(`hook ${agentId}`, async () => {
      const file = this.deps.paths.agent(agentId).hook;
      const content = await readHook(file);
      const existing = content.items.find((candidate) => candidate.id === added.id);
      if (existing !== undefined) {
        if (existing.text !== added.text) throw hookConflict(added.id, agentId);
        return toHookItem(existing);
      }
      const text = `${JSON.stringify({ ...content, items: [...content.items, added] })}\n`;
      if (Buffer.byteLength(text) > maxFileBytes) throw hookFull(agentId);
      await writeAtomic(file, text);
      return toHookItem(added);
    });
  }

  /**
   * Takes back an item that no agent was handed; `free` says that no agent lives that could have any. It stays in the
   * file as expired, so that a push of it that is repeated does not bring it back.
   *
   * @throws UserError `noHookItem`, `hookItemGone`, and what `check` throws.
   */
  async drop(agentId: AgentId, itemId: string, free = false): Promise<HookItem> {
    return this.deps.mutex.run(`hook ${agentId}`, async () => {
      const file = this.deps.paths.agent(agentId).hook;
      const content = await readHook(file);
      const item = content.items.find(({ id }) => id === itemId.toUpperCase());
      if (item === undefined) throw noHookItem(itemId, agentId);
      const held = this.holder(agentId, item, free);
      if (held !== undefined) throw hookItemGone(item.id, held);
      const now = this.deps.clock.now().toISOString();
      const dropped: StoredItem = { ...withoutPromise(item), state: 'expired', updatedAt: now };
      const items = content.items.map((each) => (each === item ? dropped : each));
      await writeAtomic(file, `${JSON.stringify({ ...content, items })}\n`);
      return toHookItem(dropped);
    });
  }

  /**
   * Everything that a new conversation is to be given: all that is not done, for what an earlier one had begun is known
   * to nobody now. It counts as handed once `settle` hears that the launch came up, and cannot be taken back meanwhile.
   *
   * @throws as `check`
   */
  async promise(agentId: AgentId, launchId: string): Promise<HookItem[]> {
    return this.deps.mutex.run(`hook ${agentId}`, async () => {
      const given = (item: StoredItem): StoredItem => (isPending(item) ? { ...item, promisedTo: launchId } : item);
      const items = (await this.rewrite(agentId, given)).filter(isPending);
      if (items.length > 0) this.launching.set(agentId, launchId);
      return items.sort(compareItems).map(toHookItem);
    });
  }

  /** The launch that items were promised to did not come about. @throws as `check` */
  async release(agentId: AgentId): Promise<void> {
    await this.deps.mutex.run(`hook ${agentId}`, async () => {
      this.launching.delete(agentId);
      await this.rewrite(agentId, (item) => (item.promisedTo === undefined ? item : withoutPromise(item)));
    });
  }

  /**
   * Brings every item in line with what is known of the agent's present launch.
   *
   * @returns whether anything changed.
   * @throws as `check`
   */
  async settle(agentId: AgentId, launch: LaunchFacts): Promise<boolean> {
    if (stampOf(this.deps.paths.agent(agentId).hook) === undefined) return false;
    return this.deps.mutex.run(`hook ${agentId}`, async () => {
      const now = this.deps.clock.now().toISOString();
      let changed = false;
      await this.rewrite(agentId, (item) => {
        const next = nextItem(item, launch, now);
        changed ||= next !== item;
        return next;
      });
      this.launching.delete(agentId);
      return changed;
    });
  }

  /**
   * Every item that is neither done nor expired, most urgent and then oldest first. Takes none of them. `withDone`: and
   * after them the last that are done, newest first.
   *
   * @throws UserError `hookUnreadable` or `hookNewer`; the file is left as it is.
   */
  async check(agentId: AgentId, withDone = false): Promise<HookItem[]> {
    const { items } = await readHook(this.deps.paths.agent(agentId).hook);
    const done = withDone
      ? items
          .filter(({ state }) => state === 'done')
          .sort(compareEnds)
          .slice(0, mostDone)
      : [];
    return [...items.filter(isPending).sort(compareItems), ...done].map(toHookItem);
  }

  /** How many items are queued; the file is read only when it has changed. @throws as `check` */
  async count(agentId: AgentId): Promise<number> {
    const file = this.deps.paths.agent(agentId).hook;
    const stamp = stampOf(file);
    if (stamp === undefined) return 0;
    const known = this.counts.get(agentId);
    if (known?.stamp === stamp) return known.count;
    const { items } = await readHook(file);
    const count = items.filter(({ state }) => state === 'queued').length;
    this.counts.set(agentId, { stamp, count });
    return count;
  }

  /** Writes only what is new. */
  private async rewrite(agentId: AgentId, change: (item: StoredItem) => StoredItem): Promise<StoredItem[]> {
    const file = this.deps.paths.agent(agentId).hook;
    const content = await readHook(file);
    const items = content.items.map(change);
    const isNew = items.some((item, index) => item !== content.items[index]);
    if (isNew) await writeAtomic(file, `${JSON.stringify({ ...content, items })}\n`);
    return items;
  }

  /** Why an item cannot be taken back. */
  private holder(agentId: AgentId, item: StoredItem, free: boolean): Exclude<HookItemState, 'queued'> | undefined {
    if (item.promisedTo !== undefined && item.promisedTo === this.launching.get(agentId)) return 'handed';
    if (item.state === 'queued') return undefined;
    return free && isPending(item) ? undefined : item.state;
  }
}

function toStored(item: Omit<HookPushParams, 'id'>, now: string): StoredItem {
  const { text, type = 'task', priority = 'normal', source = 'user' } = item;
  const id = parseUlid(item.itemId);
  if (id === undefined)
    throw badHookItem('The id of a hook item is a ULID.', 'Leave the id to pan: pan work hook push');
  if (text.trim() === '') throw badHookItem('The text is empty.', 'Say what is to be done, in quotes.');
  if (Buffer.byteLength(text) > maxTextBytes) {
    throw badHookItem('The text is longer than 1 MB.', 'Put it into a file of the project and name that file.');
  }
  if (!wordPattern.test(type)) throw badHookItem('The type is not one word.', 'A type looks like task.');
  if (!wordPattern.test(source)) throw badHookItem('The source is not one word.', 'A source looks like agent-min-3.');
  if (!priorities.includes(priority)) {
    throw badHookItem('There is no such priority.', `A priority is one of ${priorities.join(', ')}.`);
  }
  return { id, type, priority, state: 'queued', source, text, createdAt: now, updatedAt: now };
}

async function readHook(file: string): Promise<{ schema: 1; items: StoredItem[] }> {
  const content = await readChecked(file, hookFileSchema);
  if (content.kind === 'ok') return content.value;
  if (content.kind === 'missing') return { schema: 1, items: [] };
  if (content.kind === 'failed') throw hookRefused(file, content.reason);
  const newer = await readChecked(file, newerHookFileSchema);
  throw newer.kind === 'ok' ? hookNewer(file) : hookUnreadable(file, content.reason);
}

/** Asked for every agent at every glance: directly, which takes 2 µs, and not through the pool of threads. */
function stampOf(file: string): string | undefined {
  try {
    const facts = statSync(file, { bigint: true, throwIfNoEntry: false });
    return facts && `${facts.ino}:${facts.size}:${facts.mtimeNs}:${facts.ctimeNs}`;
  } catch (error) {
    throw fileFailure(error, file);
  }
}
