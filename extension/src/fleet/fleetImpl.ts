import type { AgentId } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import type { RunnerApi } from '../../../runner/protocol/runnerApi.ts';
import { messageOf } from '../messageOf.ts';
import { Refetch, type RefetchClock } from '../refetch.ts';
import type { RunnerConnection } from '../runner/runnerConnection.ts';
import { Signal } from '../signal.ts';
import type { Fleet } from './fleet.ts';
import { needsYou } from './needsYou.ts';
import { sameAgent } from './sameAgent.ts';

export interface FleetDeps {
  runner: Pick<RunnerConnection, 'onDidChange'> & {
    connected(): { agents: Pick<RunnerApi['agents'], 'list'> } | undefined;
  };
  clock: RefetchClock;
  log: { warn(message: string): void };
}

/** Shortest time between two fetches, and so between two events, in milliseconds. */
const everyMs = 15;

/** Fetches everything when the runner is connected, then what it names; what looks the same is not told of. */
export class FleetImpl implements Fleet {
  private readonly deps: FleetDeps;
  private readonly agents = new Map<AgentId, Agent>();
  private readonly changed = new Signal<readonly AgentId[]>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: { dispose(): unknown };
  private readonly refetch: Refetch;
  private known = false;
  /** What is to be fetched next. */
  private stale: ReadonlySet<AgentId> | 'all' = new Set();

  constructor(deps: FleetDeps) {
    this.deps = deps;
    this.refetch = new Refetch(() => this.fetch(), everyMs, deps.clock);
    this.subscription = deps.runner.onDidChange(({ scope, ids }) => {
      if (scope === 'agents' || scope === 'hooks') void this.fetchSoon(ids.length === 0 ? 'all' : ids);
    });
  }

  get isKnown(): boolean {
    return this.known;
  }

  all(): readonly Agent[] {
    return [...this.agents.values()];
  }

  get(agentId: AgentId): Agent | undefined {
    return this.agents.get(agentId);
  }

  needsYou(): readonly Agent[] {
    return needsYou(this.all());
  }

  refresh(ids: readonly AgentId[]): Promise<void> {
    return this.fetchSoon(ids);
  }

  dispose(): void {
    this.subscription.dispose();
    this.refetch.dispose();
    this.changed.dispose();
  }

  private fetchSoon(ids: readonly AgentId[] | 'all'): Promise<void> {
    this.addStale(ids);
    return this.refetch.soon();
  }

  private addStale(ids: readonly AgentId[] | 'all'): void {
    this.stale = ids === 'all' || this.stale === 'all' ? 'all' : new Set([...this.stale, ...ids]);
  }

  /** Where it cannot be asked, what is known stays: a new connection makes everything stale. */
  private async fetch(): Promise<void> {
    const runner = this.deps.runner.connected();
    if (runner === undefined) return;
    const ids = this.stale === 'all' || !this.known ? undefined : [...this.stale];
    this.stale = new Set();
    if (ids?.length === 0) return;
    try {
      const agents = await runner.agents.list(ids === undefined ? {} : { ids });
      this.take(agents, ids ?? [...this.agents.keys()]);
    } catch (error) {
      // Fetched with whatever changes next, or with all after a new connection.
      this.addStale(ids ?? 'all');
      this.deps.log.warn(`Agents could not be read: ${messageOf(error)}`);
    }
  }

  /** `asked`: those that are gone when they are not among the agents. */
  private take(agents: readonly Agent[], asked: readonly AgentId[]): void {
    const isFirst = !this.known;
    this.known = true;
    const there = new Set(agents.map(({ id }) => id));
    const gone = asked.filter((id) => !there.has(id) && this.agents.delete(id));
    const changed = agents.filter((agent) => {
      const before = this.agents.get(agent.id);
      return before === undefined || !sameAgent(before, agent);
    });
    for (const agent of agents) this.agents.set(agent.id, agent);
    const ids = [...gone, ...changed.map(({ id }) => id)];
    if (isFirst || ids.length > 0) this.changed.fire(ids);
  }
}
