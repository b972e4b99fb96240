import type { AgentId } from '../../protocol/issueId.ts';
import type { Agent } from '../../protocol/models.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../ports.ts';

export interface FollowedAgentsDeps {
  clock: Clock;
  changes: Pick<Changes, 'fire'>;
  /** All, or these. */
  agents(ids?: AgentId[]): Promise<Agent[]>;
}

/** That a turn is stuck is told by nothing but the time: those that work are looked at again after this. */
const lookAgainMs = 5 * 60_000;

/** Agents as they were told last, while somebody wants to know. */
export class FollowedAgents {
  private readonly deps: FollowedAgentsDeps;
  private readonly known = new Map<AgentId, Agent>();
  private stale: Set<AgentId> | 'all' = 'all';
  private lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: FollowedAgentsDeps) {
    this.deps = deps;
  }

  all(): Agent[] {
    return [...this.known.values()];
  }

  /** What is known is not worth anything any more. */
  forget(): void {
    this.known.clear();
    this.stale = 'all';
  }

  /** These changed; none: everything may have. */
  changed(ids: readonly AgentId[]): void {
    if (ids.length === 0) this.stale = 'all';
    else if (this.stale !== 'all') for (const id of ids) this.stale.add(id);
  }

  /** These are not there any more. */
  drop(agentIds: readonly AgentId[]): void {
    for (const agentId of agentIds) this.known.delete(agentId);
  }

  /** Looks at those that changed, and now and then at those that work. `isAll`: there are no others. */
  async look(): Promise<{ agents: Agent[]; gone: AgentId[]; isAll: boolean }> {
    const stale = this.stale;
    this.stale = new Set();
    try {
      if (stale === 'all') {
        const all = await this.deps.agents();
        this.known.clear();
        return { agents: this.take(all, true), gone: [], isAll: true };
      }
      const unasked = this.untilLook() === 0 ? this.working().filter((id) => !stale.has(id)) : [];
      if (stale.size + unasked.length === 0) return { agents: [], gone: [], isAll: false };
      const before = new Map(this.known);
      const asked = [...stale, ...unasked];
      const agents = this.take(await this.deps.agents(asked), unasked.length > 0);
      const gone = missingFrom(agents, asked);
      this.drop(gone);
      const turned = agents.filter(({ id, status }) => unasked.includes(id) && before.get(id)?.status !== status);
      if (turned.length > 0) this.deps.changes.fire({ scope: 'agents', ids: turned.map(({ id }) => id) });
      return { agents, gone, isAll: false };
    } catch (error) {
      this.changed(stale === 'all' ? [] : [...stale]);
      throw error;
    }
  }

  /** Milliseconds until those that work have to be looked at; null when nobody works. */
  untilLook(): number | null {
    if (this.working().length === 0) return null;
    return Math.max(0, this.lookedAtMs + lookAgainMs - this.deps.clock.monotonicMs());
  }

  private take(agents: Agent[], isLook: boolean): Agent[] {
    if (isLook) this.lookedAtMs = this.deps.clock.monotonicMs();
    for (const agent of agents) this.known.set(agent.id, agent);
    return agents;
  }

  private working(): AgentId[] {
    return this.all()
      .filter(({ status }) => status === 'working')
      .map(({ id }) => id);
  }
}

/** Those of `asked` that are not among the agents: they are not there any more. */
export function missingFrom(agents: readonly Pick<Agent, 'id'>[], asked: readonly AgentId[]): AgentId[] {
  const there = new Set(agents.map(({ id }) => id));
  return asked.filter((agentId) => !there.has(agentId));
}
