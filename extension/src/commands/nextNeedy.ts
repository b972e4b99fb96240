import type { AgentId } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';

/**
 * Whom to go to: the one after the last, who was left as they were; else the longest waiting.
 *
 * @param needy the longest waiting first
 */
export function nextNeedy(needy: readonly Agent[], last: AgentId | undefined): Agent | undefined {
  const place = needy.findIndex(({ id }) => id === last);
  return needy[place + 1] ?? needy[0];
}
