import { compareIssueIds } from '../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { plainLine } from '../commands/plainText.ts';
import { needsYou } from '../fleet/needsYou.ts';

export interface AgentGroup {
  /** `needsYou`, `working`, `project myn`, `runtime claude`. */
  key: string;
  label: string;
  /** How many belong to it, those that are not shown included. */
  count: number;
  /** In the order of their rows. */
  shown: Agent[];
  /** Not shown for want of room. */
  hidden: number;
  /** Not shown because they finished too long ago. */
  older: number;
  isCollapsed: boolean;
}

export interface AgentGrouping {
  groupBy: 'status' | 'project' | 'runtime';
  /** `window`: only those of the projects that are open here. */
  scope: 'all' | 'window';
  openProjects: ReadonlySet<string>;
  /** Those that finished earlier are shown only when asked for. */
  finishedHours: number;
  showsOlder: boolean;
  now: number;
  /** How many rows a group may have, by its key; unless said 50. */
  rooms: ReadonlyMap<string, number>;
}

export interface AgentTreeContent {
  groups: AgentGroup[];
  /** Those of other projects that need a person and are not listed: how many, by project. */
  elsewhere: { project: string; count: number }[];
}

/** Room for every row of these agents, whatever they are grouped by. */
export function roomForAll(agents: readonly Agent[], grouping: AgentGrouping): Map<string, number> {
  return new Map(agentTree(agents, grouping).groups.map(({ key }) => [key, Number.POSITIVE_INFINITY]));
}

/** Rows of a group, until a person asks for more. */
export const groupRoom = 50;

const statusGroups = ['working', 'parked', 'idle', 'finished'] as const;
type StatusGroup = (typeof statusGroups)[number];
const labels: Readonly<Record<StatusGroup, string>> = {
  working: 'Working',
  parked: 'Parked',
  idle: 'Idle',
  finished: 'Finished',
};

/** What the tree of agents shows. Who needs a person comes first whatever it is grouped by, and is never cut. */
export function agentTree(agents: readonly Agent[], grouping: AgentGrouping): AgentTreeContent {
  const isListed = ({ project }: Agent) =>
    grouping.scope === 'all' || grouping.openProjects.size === 0 || grouping.openProjects.has(project);
  const needy = needsYou(agents);
  const needyIds = new Set(needy.map(({ id }) => id));
  const here = needy.filter(isListed);
  const others = agents.filter((agent) => isListed(agent) && !needyIds.has(agent.id));
  const needs: AgentGroup[] =
    here.length === 0
      ? []
      : [
          {
            key: 'needsYou',
            label: 'Needs you',
            count: here.length,
            shown: here,
            hidden: 0,
            older: 0,
            isCollapsed: false,
          },
        ];
  return { groups: [...needs, ...otherGroups(others, grouping)], elsewhere: countByProject(needy, isListed) };
}

function otherGroups(agents: readonly Agent[], grouping: AgentGrouping): AgentGroup[] {
  if (grouping.groupBy === 'status') {
    return statusGroups.flatMap((status) => {
      const members = agents.filter((agent) => statusGroupOf(agent) === status);
      return group(status, labels[status], members, grouping, status === 'finished');
    });
  }
  const { groupBy } = grouping;
  return [...new Set(agents.map((agent) => agent[groupBy]))]
    .sort((a, b) => rankOf(a, grouping) - rankOf(b, grouping) || (a < b ? -1 : 1))
    .flatMap((name) => {
      const members = agents.filter((agent) => agent[groupBy] === name);
      return group(`${groupBy} ${name}`, plainLine(name), members, grouping, false);
    });
}

/** Projects that are open here come first. */
function rankOf(name: string, { groupBy, openProjects }: AgentGrouping): number {
  return groupBy === 'project' && openProjects.has(name) ? 0 : 1;
}

function group(
  key: string,
  label: string,
  members: readonly Agent[],
  grouping: AgentGrouping,
  isCollapsed: boolean,
): AgentGroup[] {
  if (members.length === 0) return [];
  const ordered = [...members].sort(inOrder);
  const recent = grouping.showsOlder ? ordered : ordered.filter((agent) => !isOld(agent, grouping));
  const shown = recent.slice(0, grouping.rooms.get(key) ?? groupRoom);
  const hidden = recent.length - shown.length;
  return [{ key, label, count: members.length, shown, hidden, older: ordered.length - recent.length, isCollapsed }];
}

function isOld(agent: Agent, { finishedHours, now }: AgentGrouping): boolean {
  return statusGroupOf(agent) === 'finished' && now - Date.parse(agent.since) > finishedHours * 3_600_000;
}

/** By when it came into its state, so that newcomers append and nothing jumps; the finished ones newest first. */
function inOrder(a: Agent, b: Agent): number {
  const [groupA, groupB] = [statusGroupOf(a), statusGroupOf(b)];
  const byGroup = statusGroups.indexOf(groupA) - statusGroups.indexOf(groupB);
  if (byGroup !== 0) return byGroup;
  if (groupA === 'finished') return compare(b.since, a.since) || compareIssueIds(a.issueId, b.issueId);
  const byReturn = groupA === 'parked' ? compare(backAt(a), backAt(b)) : 0;
  return byReturn || compare(a.since, b.since) || compareIssueIds(a.issueId, b.issueId);
}

/** Soonest back first; who knows no time comes last. */
function backAt({ parked }: Agent): string {
  return parked?.until ?? '~';
}

/** Times of the runner are all written alike, so that text orders them. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function statusGroupOf({ status }: Agent): StatusGroup {
  switch (status) {
    case 'done':
    case 'stopped':
      return 'finished';
    case 'parked':
    case 'idle':
      return status;
    default:
      return 'working';
  }
}

function countByProject(needy: readonly Agent[], isListed: (agent: Agent) => boolean): AgentTreeContent['elsewhere'] {
  const counts = new Map<string, number>();
  for (const agent of needy) if (!isListed(agent)) counts.set(agent.project, (counts.get(agent.project) ?? 0) + 1);
  return [...counts].map(([project, count]) => ({ project, count }));
}
