import type { Agent } from '../../runner/protocol/models.ts';
import { stateWords } from './stateWords.ts';

/** What is read out to those who do not see it: that the state changed, and what is asked. Not what the agent says. */
export function announcementOf(agent: Pick<Agent, 'ask' | 'issueId' | 'parked' | 'status'>): string {
  const { words } = stateWords(agent);
  return `${agent.issueId}: ${words}${agent.ask === null ? '' : `, ${agent.ask.oneLine}`}`;
}
