import type { Agent } from '../../../runner/protocol/models.ts';
import { agentTree } from '../views/agentGroups.ts';
import { agentIcon } from '../views/agentIcon.ts';
import type { Heading, Row } from './pick.ts';
import { plainLabel, shortened } from './plainText.ts';

/** Longest reason in a line, in characters; the rest is in the agent's panel. */
const maxReason = 80;

/** Agents for a picker, as the tree has them by status: who needs a person comes first. */
export function agentRows(agents: readonly Agent[], now: number): (Row<Agent> | Heading)[] {
  const { groups } = agentTree(agents, {
    groupBy: 'status',
    scope: 'all',
    openProjects: new Set(),
    finishedHours: 0,
    showsOlder: true,
    now,
    rooms: new Map(groupKeys.map((key) => [key, agents.length])),
  });
  return groups.flatMap(({ label, shown }) => [{ heading: label }, ...shown.map(agentRow)]);
}

/** Groups that the tree would cut. */
const groupKeys = ['working', 'parked', 'idle', 'finished'];

function agentRow(agent: Agent): Row<Agent> {
  return {
    value: agent,
    icon: agentIcon(agent).id,
    label: plainLabel(`${agent.issueId} ${agent.title}`),
    description: plainLabel(shortened(agent.reason, maxReason)),
  };
}
