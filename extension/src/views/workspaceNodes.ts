import { compareIssueIds, type IssueId } from '../../../runner/protocol/issueId.ts';
import type { Agent, Workspace } from '../../../runner/protocol/models.ts';
import type { WorkspaceChanges } from '../../../runner/protocol/workspaceModels.ts';
import { plainLine } from '../commands/plainText.ts';
import { attentionColor } from './agentIcon.ts';
import { counted, grouped } from './row.ts';
import { noteNode, type RowCommand, type TreeNode } from './treeNode.ts';
import { fileRow, isBroken, workspaceRow } from './workspaceRow.ts';

export interface WorkspaceNodesInput {
  workspaces: readonly Workspace[];
  /** What was fetched of those that are expanded, or why it could not be. */
  changes: ReadonlyMap<IssueId, WorkspaceChanges | { failure: string }>;
  agentOf(agentId: string): Agent | undefined;
}

const openFile: RowCommand = { id: 'panopticon.tree.openFile', title: 'Show Changes of This File' };

/** The rows of the view Workspaces; where there are several projects, below a row for each. */
export function workspaceNodes(input: WorkspaceNodesInput): TreeNode[] {
  const projects = [...new Set(input.workspaces.map(({ project }) => project))].sort();
  if (projects.length <= 1) return nodesOf(input.workspaces, input);
  return projects.map((project) => {
    const own = input.workspaces.filter((workspace) => workspace.project === project);
    const label = plainLine(project);
    return {
      row: {
        label,
        description: grouped(own.length),
        icon: { id: 'repo' },
        contextValue: 'project',
        spoken: `Project ${label}, ${counted(own.length, 'workspace')}`,
      },
      element: { kind: 'group', key: `workspaces ${project}`, project },
      children: nodesOf(own, input),
    };
  });
}

function nodesOf(workspaces: readonly Workspace[], input: WorkspaceNodesInput): TreeNode[] {
  return [...workspaces].sort(inOrder).map((workspace) => {
    const agent = workspace.agent === null ? undefined : input.agentOf(workspace.agent);
    return {
      row: workspaceRow(workspace, agent),
      element: { kind: 'workspace', issueId: workspace.issueId, workspace },
      isCollapsed: true,
      children: childrenOf(workspace, input.changes.get(workspace.issueId)),
    };
  });
}

/** What needs repair first, then where an agent works. */
function inOrder(a: Workspace, b: Workspace): number {
  return rankOf(a) - rankOf(b) || compareIssueIds(a.issueId, b.issueId);
}

function rankOf(workspace: Workspace): number {
  if (isBroken(workspace)) return 0;
  return workspace.agent === null ? 2 : 1;
}

function childrenOf(
  { issueId }: Workspace,
  changes: WorkspaceChanges | { failure: string } | undefined,
): TreeNode[] | 'unloaded' {
  if (changes === undefined) return 'unloaded';
  if ('failure' in changes) {
    const icon = { id: 'warning', color: attentionColor };
    return [noteNode(`failure ${issueId}`, { label: plainLine(changes.failure), description: '', icon })];
  }
  const files = changes.files.map(
    (file): TreeNode => ({ row: fileRow(file), element: { kind: 'file', issueId, file }, command: openFile }),
  );
  const rest = changes.total - files.length;
  if (files.length === 0)
    return [noteNode(`none ${issueId}`, { label: 'Nothing changed', description: '', icon: undefined })];
  if (rest <= 0) return files;
  return [
    ...files,
    noteNode(`rest ${issueId}`, { label: `${counted(rest, 'more file')}`, description: 'not listed', icon: undefined }),
  ];
}
