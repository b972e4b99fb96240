import type { AgentId } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { plainLine } from '../commands/plainText.ts';
import { needsYou, sharesLogin } from '../fleet/needsYou.ts';
import { type AgentGroup, type AgentGrouping, agentTree } from './agentGroups.ts';
import { agentRow } from './agentRow.ts';
import { counted, grouped } from './row.ts';
import { loadMore, noteNode, type RowCommand, type TreeNode } from './treeNode.ts';

export interface AgentNodesInput {
  agents: readonly Agent[];
  grouping: AgentGrouping;
  isSeen(agent: Agent): boolean;
}

const openAgent: RowCommand = { id: 'panopticon.agent.open', title: 'Open Agent' };
const nextAgent: RowCommand = { id: 'panopticon.agent.next', title: 'Go to Next Agent That Needs Me' };

/** The rows of the view Agents. */
export function agentNodes(input: AgentNodesInput): TreeNode[] {
  const { groups, elsewhere } = agentTree(input.agents, input.grouping);
  const needy = new Set(needsYou(input.agents).map(({ id }) => id));
  return [
    ...groups.map((group) => groupNode(group, input, needy)),
    ...elsewhere.map(({ project, count }) => {
      const label = `${count} more ${count === 1 ? 'needs' : 'need'} you in ${plainLine(project)}`;
      const row = { label, description: '', icon: { id: 'arrow-right' } };
      const { element, ...node } = noteNode(`elsewhere ${project}`, row, nextAgent);
      return { ...node, element: { ...element, project } };
    }),
  ];
}

function groupNode(group: AgentGroup, input: AgentNodesInput, needy: ReadonlySet<AgentId>): TreeNode {
  const { key, label, count, hidden, older } = group;
  return {
    row: {
      label,
      description: grouped(count),
      icon: undefined,
      contextValue: 'group',
      spoken: `${label}, ${counted(count, 'agent')}`,
    },
    element: { kind: 'group', key },
    isCollapsed: group.isCollapsed,
    children: [
      ...group.shown.map((agent) => agentNode(agent, input, needy.has(agent.id))),
      ...(hidden > 0 ? [noteNode(`more ${key}`, more(`Show ${grouped(hidden)} More`), loadMore)] : []),
      ...(older > 0
        ? [noteNode(`older ${key}`, { ...more('Show Older'), description: grouped(older) }, loadMore)]
        : []),
    ],
  };
}

function agentNode(agent: Agent, { agents, grouping, isSeen }: AgentNodesInput, isNeedy: boolean): TreeNode {
  const row = agentRow(agent, {
    now: grouping.now,
    isNeedy,
    waitForLogin: isNeedy ? sharesLogin(agent, agents).length : 0,
    isHere: agent.project === '' || grouping.openProjects.has(agent.project),
    isSeen: agent.status === 'done' && isSeen(agent),
  });
  return { row, element: { kind: 'agent', agentId: agent.id, agent }, command: openAgent };
}

function more(label: string) {
  return { label, description: '', icon: { id: 'ellipsis' } };
}
