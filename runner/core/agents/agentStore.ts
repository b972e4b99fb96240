import { existsSync, statSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import { looseObject, number } from 'valibot';
import { agentIdOf, isAgentId, parseIssueId } from '../../protocol/issueId.ts';
import { errnoOf } from '../files/fileFailure.ts';
import { KeyedMutex } from '../files/keyedMutex.ts';
import { type Checked, readChecked } from '../files/readChecked.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Clock, Log } from '../ports.ts';
import { mapBounded } from '../workspaces/mapBounded.ts';
import { type AgentState, agentStateSchema, stateSchemaVersion } from './agentState.ts';

export type StoredAgent =
  | { kind: 'ok'; id: string; issueId: string; state: AgentState }
  | { kind: 'unreadable'; id: string; issueId: string; reason: string; since: string };

/** Files read at the same time: far below the usual limit of 1024 open ones. */
const parallelReads = 32;
const anySchemaNumber = looseObject({ schema: number() });

interface Cached {
  stamp: string;
  agent: StoredAgent;
}

/** Reads and writes `agents/<id>/state.json`. A file is read again only when it changed on disk. */
export class AgentStore {
  private readonly paths: RunnerPaths;
  private readonly clock: Clock;
  private readonly log: Log;
  private readonly updates = new KeyedMutex();
  private readonly cache = new Map</* agent id */ string, Cached>();

  constructor(deps: { paths: RunnerPaths; clock: Clock; log: Log }) {
    this.paths = deps.paths;
    this.clock = deps.clock;
    this.log = deps.log;
  }

  async list(): Promise<StoredAgent[]> {
    const ids = (await this.folders()).filter(isAgentId);
    const agents = await mapBounded(ids, parallelReads, (id) => this.get(id));
    return agents.filter((agent) => agent !== undefined);
  }

  /** Undefined when there is no such agent. */
  async get(id: string): Promise<StoredAgent | undefined> {
    const stamp = this.stamp(id);
    const cached = this.cache.get(id);
    if (cached !== undefined && cached.stamp === stamp) return cached.agent;
    const { agent, lasts } = await this.read(id);
    if (agent === undefined || !lasts) this.cache.delete(id);
    else this.cache.set(id, { stamp: agent.kind === 'ok' ? stamp : this.stamp(id), agent });
    return agent;
  }

  /** Whether there is an agent of that id, readable or not. */
  has(id: string): boolean {
    const file = this.paths.agent(id).state;
    return existsSync(file) || existsSync(`${file}.broken`);
  }

  /**
   * Changes what is there now, one change after the other: whoever has read a state a moment ago must not write back
   * what others changed since. `change` answers the same object where nothing is to be changed. Undefined when the agent
   * cannot be read.
   */
  update(id: string, change: (state: AgentState) => AgentState): Promise<AgentState | undefined> {
    return this.updates.run(id, async () => {
      const stored = await this.get(id);
      if (stored?.kind !== 'ok') return undefined;
      const changed = change(stored.state);
      if (changed !== stored.state) await this.save(changed);
      return changed;
    });
  }

  async save(state: AgentState): Promise<void> {
    await writeAtomic(this.paths.agent(state.id).state, `${JSON.stringify(state, undefined, 2)}\n`);
    this.cache.set(state.id, {
      stamp: this.stamp(state.id),
      agent: { kind: 'ok', id: state.id, issueId: state.issueId, state },
    });
  }

  private async folders(): Promise<string[]> {
    try {
      return await readdir(this.paths.agentsFolder);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    }
  }

  /** Asked for every agent at every glance: directly, which takes 2 µs, and not through the pool of threads. */
  private stamp(id: string): string {
    try {
      const facts = statSync(this.paths.agent(id).state, { bigint: true, throwIfNoEntry: false });
      return facts === undefined ? 'missing' : `${facts.ino}:${facts.mtimeNs}:${facts.size}`;
    } catch (error) {
      return errnoOf(error) ?? 'failed';
    }
  }

  /** `lasts` is false when it was the system that refused: the next look may find what was there all along. */
  private async read(id: string): Promise<{ agent: StoredAgent | undefined; lasts: boolean }> {
    const file = this.paths.agent(id).state;
    const found = await readChecked(file, agentStateSchema);
    if (found.kind === 'ok' && found.value.id === id && agentIdOf(found.value.issueId) === id)
      return { agent: { kind: 'ok', id, issueId: found.value.issueId, state: found.value }, lasts: true };
    if (found.kind === 'missing') return this.brokenEarlier(id);
    if (found.kind === 'failed') return { agent: this.unreadable(id, found.reason), lasts: false };
    const reason = found.kind === 'ok' ? 'it belongs to another agent' : found.reason;
    const versioned = await readChecked(file, anySchemaNumber);
    if (versioned.kind === 'failed') return { agent: this.unreadable(id, versioned.reason), lasts: false };
    const isNewer = versioned.kind === 'ok' && versioned.value.schema > stateSchemaVersion;
    const agent = isNewer
      ? this.unreadable(id, 'it was written by a newer Panopticon; update this one')
      : await this.keepAside(id, file, reason);
    return { agent, lasts: true };
  }

  private async keepAside(id: string, file: string, reason: string): Promise<StoredAgent> {
    this.log.warn(`${id}/state.json cannot be read: ${reason}`);
    try {
      await rename(file, `${file}.broken`);
      return this.unreadable(id, `${reason}; it was kept as state.json.broken`);
    } catch {
      // It stays where it is and is reported as it is, for instance a folder of that name or a read-only disk.
      return this.unreadable(id, reason);
    }
  }

  /** The state was put aside before and no new one was written since. */
  private async brokenEarlier(id: string): Promise<{ agent: StoredAgent | undefined; lasts: boolean }> {
    const aside: Checked<unknown> = await readChecked(`${this.paths.agent(id).state}.broken`, agentStateSchema);
    if (aside.kind === 'missing') return { agent: undefined, lasts: true };
    const reason = aside.kind === 'ok' ? 'it belongs to another agent' : aside.reason;
    const agent = this.unreadable(id, `${reason}; it was kept as state.json.broken`);
    return { agent, lasts: aside.kind !== 'failed' };
  }

  private unreadable(id: string, reason: string): StoredAgent {
    const issueId = parseIssueId(id) ?? id;
    return {
      kind: 'unreadable',
      id,
      issueId,
      reason: `state.json cannot be read (${reason})`,
      since: this.clock.now().toISOString(),
    };
  }
}
