import { type IssueState, issueStates } from '../../../runner/protocol/enumerations.ts';
import { agentIdOf } from '../../../runner/protocol/issueId.ts';
import { type IssueCounts, issueStateOrder } from '../../../runner/protocol/issuePages.ts';
import type { Agent, BrokenIssue, Issue, Project } from '../../../runner/protocol/models.ts';
import { plainLine } from '../commands/plainText.ts';
import { attentionColor } from './agentIcon.ts';
import { issueRow, stateTitle } from './issueRow.ts';
import { counted, dotted, grouped } from './row.ts';
import { loadMore, noteNode, type RowCommand, type TreeNode } from './treeNode.ts';

export interface IssueNodesInput {
  counts: IssueCounts;
  projects: readonly Project[];
  /** The issues that were fetched, by the key of their group. */
  pages: ReadonlyMap<string, LoadedIssues>;
  pageSize: number;
  agentOf(agentId: string): Agent | undefined;
  hasWorkspace(issue: Issue): boolean;
}

/** The first issues of a state; `total` says how many there are. */
export interface LoadedIssues {
  issues: readonly Issue[];
  total: number;
}

const openIssue: RowCommand = { id: 'panopticon.issue.open', title: 'Open Issue' };
const openBroken: RowCommand = { id: 'panopticon.tree.openFile', title: 'Open File' };

/** The key of a state's group: `issues myn todo`. */
export function stateKey(project: string, state: IssueState): string {
  return `issues ${project} ${state}`;
}

/** The rows of the view Issues: project, state, issue. The only project needs no row. */
export function issueNodes(input: IssueNodesInput): TreeNode[] {
  const { counts, projects } = input;
  const named = [...counts.counts, ...counts.broken].map(({ project }) => project);
  const names = [...new Set([...projects.map(({ name }) => name), ...named])];
  const [only] = names;
  if (names.length === 1 && only !== undefined) return inProject(only, input);
  return names.map((project) => projectNode(project, input)).filter((node) => node !== undefined);
}

function projectNode(project: string, input: IssueNodesInput): TreeNode | undefined {
  const children = inProject(project, input);
  if (children.length === 0) return undefined;
  const open = input.counts.counts.filter((each) => each.project === project && !isOver(each.state));
  const count = open.reduce((sum, each) => sum + each.count, 0);
  const label = plainLine(project);
  return {
    row: {
      label,
      description: `${grouped(count)} open`,
      icon: { id: 'repo' },
      contextValue: 'project',
      spoken: `Project ${label}, ${counted(count, 'open issue')}`,
    },
    element: { kind: 'group', key: `project ${project}`, project },
    children,
  };
}

function inProject(project: string, input: IssueNodesInput): TreeNode[] {
  const states = issueStateOrder.flatMap((state) => {
    const count = input.counts.counts.find((each) => each.project === project && each.state === state)?.count ?? 0;
    return count === 0 ? [] : [stateNode(project, state, count, input)];
  });
  return [...states, ...input.counts.broken.filter((each) => each.project === project).map(brokenNode)];
}

function stateNode(project: string, state: IssueState, count: number, input: IssueNodesInput): TreeNode {
  const key = stateKey(project, state);
  const loaded = input.pages.get(key);
  const label = stateTitle(state);
  return {
    row: {
      label,
      description: grouped(count),
      icon: undefined,
      contextValue: `state.${state}`,
      spoken: `${label}, ${counted(count, 'issue')}`,
    },
    element: { kind: 'group', key, project, state },
    isCollapsed: !startsExpanded(state),
    children: loaded === undefined ? 'unloaded' : issuesBelow(key, loaded, input),
  };
}

function issuesBelow(key: string, { issues, total }: LoadedIssues, input: IssueNodesInput): TreeNode[] {
  const rows = issues.map((issue): TreeNode => {
    const agent = input.agentOf(agentIdOf(issue.id));
    return {
      row: issueRow(issue, { agent, hasWorkspace: agent !== undefined || input.hasWorkspace(issue) }),
      element: { kind: 'issue', issueId: issue.id, issue },
      command: openIssue,
    };
  });
  const rest = total - issues.length;
  if (rest <= 0) return rows;
  const label = `Load ${grouped(Math.min(rest, input.pageSize))} More`;
  const description = `${grouped(issues.length)} of ${grouped(total)}`;
  return [...rows, noteNode(`more ${key}`, { label, description, icon: { id: 'ellipsis' } }, loadMore)];
}

/** A file that should be an issue: never hidden, and a click opens it. */
function brokenNode({ id, path, reason }: BrokenIssue): TreeNode {
  const node = noteNode(
    `broken ${path}`,
    { label: `${plainLine(id)} cannot be read`, description: dotted(plainLine(reason)), icon: warning },
    openBroken,
  );
  return { ...node, element: { kind: 'note', key: `broken ${path}`, text: path } };
}

const warning = { id: 'warning', color: attentionColor };

/** What is under way is open; the rest opens when somebody wants it, and nothing is fetched for it before. */
function startsExpanded(state: IssueState): boolean {
  return state === 'in_progress' || state === 'in_review' || state === 'planning' || state === 'todo';
}

function isOver(state: IssueState): boolean {
  return state === 'done' || state === 'canceled';
}

/** Which states are asked for: those of the filter, else all that are not hidden by the settings. */
export function wantedStates(filtered: readonly string[], hidden: readonly string[]): IssueState[] {
  return issueStates.filter((state) => (filtered.length > 0 ? filtered.includes(state) : !hidden.includes(state)));
}
