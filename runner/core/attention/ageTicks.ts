import type { AgentId } from '../../protocol/issueId.ts';
import type { Agent } from '../../protocol/models.ts';
import { ageStep, untilNextStep } from './ages.ts';

/** Ages are told together with those that follow within this time, in milliseconds. */
const togetherMs = 1_000;

/** Notices when the ages of agents read differently. */
export class AgeTicks {
  private steps: ReadonlyMap<AgentId, { since: string; step: number }> = new Map();

  /**
   * Of all agents, those that read differently than when they were asked for last; one with a new date is no older.
   */
  aged(agents: readonly Agent[], now: Date): AgentId[] {
    const before = this.steps;
    this.steps = new Map(agents.map((agent) => [agent.id, stepOf(agent, now)]));
    return [...this.steps].flatMap(([agentId, { since, step }]) => {
      const was = before.get(agentId);
      return was?.since === since && was.step !== step ? [agentId] : [];
    });
  }

  /** Milliseconds until one of them reads differently; null without agents. */
  untilNext(agents: readonly Agent[], now: Date): number | null {
    if (agents.length === 0) return null;
    return togetherMs + Math.min(...agents.map((agent) => untilNextStep(ageMs(sinceOf(agent), now))));
  }
}

function stepOf(agent: Agent, now: Date): { since: string; step: number } {
  const since = sinceOf(agent);
  return { since, step: ageStep(ageMs(since, now)) };
}

/** What the age of a row is counted from. */
function sinceOf({ ask, since }: Agent): string {
  return ask?.since ?? since;
}

/** A date that cannot be read, or one that is to come, has no age. */
function ageMs(since: string, now: Date): number {
  return Math.max(0, now.getTime() - Date.parse(since) || 0);
}
