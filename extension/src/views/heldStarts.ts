import type { AgentId } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import type { RefetchClock } from '../refetch.ts';

/**
 * VS Code draws a tree twice within 200 ms only at the end of them (PacedChanges): an agent that is drawn as starting is
 * not seen at work before that, and most starts are over sooner. Milliseconds.
 */
const holdMs = 250;

/** Keeps agents that just began to start as their rows were, for a moment. */
export class HeldStarts {
  private readonly clock: RefetchClock;
  private readonly lookAgain: () => void;
  /** As their rows say them; undefined before the first rows. */
  private shown: ReadonlyMap<AgentId, Agent> | undefined;
  private since: ReadonlyMap<AgentId, number> = new Map();
  private waiting: (() => void)[] = [];
  private cancel: (() => void) | undefined;

  /** `lookAgain` is called when a start lasted so long that its row is to say so. */
  constructor(clock: RefetchClock, lookAgain: () => void) {
    this.clock = clock;
    this.lookAgain = lookAgain;
  }

  /** The agents as their rows are to say them now. */
  show(agents: readonly Agent[]): Agent[] {
    const now = this.clock.monotonicMs();
    const { shown, since } = this;
    this.since = new Map(
      agents
        .filter(({ id, status }) => shown !== undefined && status === 'starting' && shown.get(id)?.status !== status)
        .map(({ id }): [AgentId, number] => [id, since.get(id) ?? now])
        .filter(([, from]) => now - from < holdMs),
    );
    const rows = agents.map((agent) => (this.since.has(agent.id) ? shown?.get(agent.id) : agent));
    const there = rows.filter((row) => row !== undefined);
    this.shown = new Map(there.map((agent) => [agent.id, agent]));
    this.cancel?.();
    const dueMs = Math.min(...this.since.values()) + holdMs - now;
    this.cancel = this.since.size === 0 ? undefined : this.clock.after(dueMs, this.lookAgain);
    for (const resolve of this.waiting.splice(0)) resolve();
    return there;
  }

  /** Resolves once the agent's row says what the agent does. */
  async isShown(agentId: AgentId): Promise<void> {
    while (this.since.has(agentId)) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  dispose(): void {
    this.cancel?.();
    this.since = new Map();
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
