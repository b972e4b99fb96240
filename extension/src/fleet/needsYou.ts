import type { AgentId } from '../../../runner/protocol/issueId.ts';
import { compareIssueIds } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { needsPerson } from '../../../runner/protocol/parking.ts';

/**
 * The agents that need a person, the longest waiting first. Of those that wait for one login only the first is in it:
 * one login lets all of them go on.
 */
export function needsYou(agents: readonly Agent[]): Agent[] {
  const logins = new Set<string>();
  return agents
    .filter(isNeedy)
    .sort(byNeed)
    .filter((agent) => {
      if (agent.parked?.cause !== 'login' || agent.status !== 'parked') return true;
      if (logins.has(agent.runtime)) return false;
      logins.add(agent.runtime);
      return true;
    });
}

/** When it began to need somebody. */
export function needsSince(agent: Agent): string {
  return agent.ask?.since ?? agent.since;
}

/** The ids of all that wait for the same login as this one, itself included. */
export function sharesLogin(agent: Agent, agents: readonly Agent[]): AgentId[] {
  return agents
    .filter(({ runtime, parked }) => parked?.cause === 'login' && runtime === agent.runtime)
    .map(({ id }) => id);
}

function isNeedy(agent: Agent): boolean {
  switch (agent.status) {
    case 'waiting':
    case 'stuck':
    case 'crashed':
    case 'unreadable':
      return true;
    case 'parked':
      return needsPerson(agent);
    default:
      return false;
  }
}

/** Times of the runner are all written alike, so that text orders them. */
function byNeed(a: Agent, b: Agent): number {
  const [sinceA, sinceB] = [needsSince(a), needsSince(b)];
  if (sinceA !== sinceB) return sinceA < sinceB ? -1 : 1;
  return compareIssueIds(a.issueId, b.issueId);
}
