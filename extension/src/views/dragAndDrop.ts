import * as vscode from 'vscode';
import type { Element } from './elements.ts';

const dragged = 'application/vnd.code.tree.panopticon.issues';
const files = 'text/uri-list';

/** Issues are dragged; onto agents they start one, onto a state they move there. Files are told to the agent below. */
export function issueDrags(): vscode.TreeDragAndDropController<Element> {
  return {
    dragMimeTypes: [dragged],
    dropMimeTypes: [dragged],
    handleDrag(elements, data) {
      const issues = elements.filter(({ kind }) => kind === 'issue');
      if (issues.length > 0) data.set(dragged, new vscode.DataTransferItem(issues));
    },
    async handleDrop(target, data) {
      const state = target?.kind === 'group' ? target.state : undefined;
      if (state === undefined) return;
      for (const issue of issuesIn(data)) {
        await vscode.commands.executeCommand('panopticon.issue.move', { issueId: issue.issueId, state });
      }
    },
  };
}

/** What the view Agents takes. */
export function agentDrops(): vscode.TreeDragAndDropController<Element> {
  return {
    dragMimeTypes: [],
    dropMimeTypes: [dragged, files],
    async handleDrop(target, data) {
      const [first, ...others] = issuesIn(data);
      if (first !== undefined) {
        await vscode.commands.executeCommand('panopticon.agent.start', first, [first, ...others]);
        return;
      }
      const paths = await pathsIn(data);
      if (target?.kind !== 'agent' || paths.length === 0) return;
      const text = `${paths.join('\n')}\n`;
      await vscode.commands.executeCommand('panopticon.agent.tell', { agentId: target.agentId, text });
    },
  };
}

function issuesIn(data: vscode.DataTransfer) {
  const value: unknown = data.get(dragged)?.value;
  return Array.isArray(value) ? value.filter(isIssue) : [];
}

function isIssue(value: unknown): value is Element & { kind: 'issue' } {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'issue';
}

async function pathsIn(data: vscode.DataTransfer): Promise<string[]> {
  const list = (await data.get(files)?.asString()) ?? '';
  const uris = list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  return uris.map((uri) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri)));
}
