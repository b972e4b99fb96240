import type { AgentId } from '../../protocol/issueId.ts';
import type { Agent } from '../../protocol/models.ts';
import { ageStep, untilNextStep } from './ages.ts';

/** Ages are told together with those that follow within this time, in milliseconds. */
const togetherMs = 1_000;

/** Notices when the ages of agents read differently. */
export class AgeTicks {
  private readonly steps = new Map<AgentId, { since: string; step: number }>();

  /** Those that read differently than when they were asked for last; one with a new date is no older. */
  aged(agents: readonly Agent[], now: Date): AgentId[] {
    return agents.flatMap((agent) => {
      const since = sinceOf(agent);
      const step = ageStep(ageMs(since, now));
      const before = this.steps.get(agent.id);
      this.steps.set(agent.id, { since, step });
      return before?.since === since && before.step !== step ? [agent.id] : [];
    });
  }

  /** Milliseconds until one of them reads differently; null without agents. */
  untilNext(agents: readonly Agent[], now: Date): number | null {
    if (agents.length === 0) return null;
    return togetherMs + Math.min(...agents.map((agent) => untilNextStep(ageMs(sinceOf(agent), now))));
  }
}

/** What the age of a row is counted from. */
function sinceOf({ ask, since }: Agent): string {
  return ask?.since ?? since;
}

/** A date that cannot be read, or one that is to come, has no age. */
function ageMs(since: string, now: Date): number {
  return Math.max(0, now.getTime() - Date.parse(since) || 0);
}
