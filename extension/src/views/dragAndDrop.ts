import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { type IssueId, parseIssueId } from '../../../runner/protocol/issueId.ts';
import type { Projects } from '../projects/projects.ts';
import { droppedPaths } from './droppedPaths.ts';
import type { Element } from './elements.ts';

/** Ids, one a line: only text reaches another view than that of the drag (1.100 to 1.139). */
const issues = 'application/vnd.panopticon.issues';
const files = 'text/uri-list';

/** Issues are dragged; onto agents they start one, onto a state they move there. Files are told to the agent below. */
export function issueDrags(): vscode.TreeDragAndDropController<Element> {
  return {
    dragMimeTypes: [issues],
    dropMimeTypes: [issues],
    handleDrag(elements, data) {
      const ids = elements.flatMap((element) => (element.kind === 'issue' ? [element.issueId] : []));
      if (ids.length > 0) data.set(issues, new vscode.DataTransferItem(ids.join('\n')));
    },
    async handleDrop(target, data) {
      const state = target?.kind === 'group' ? target.state : undefined;
      if (state === undefined) return;
      const issueIds = await issuesIn(data);
      if (issueIds.length > 0) await vscode.commands.executeCommand('panopticon.issue.move', { issueIds, state });
    },
  };
}

/** What the view Agents takes. */
export function agentDrops(projects: Pick<Projects, 'all'>): vscode.TreeDragAndDropController<Element> {
  return {
    dragMimeTypes: [],
    dropMimeTypes: [issues, files],
    async handleDrop(target, data) {
      for (const issueId of await issuesIn(data)) {
        await vscode.commands.executeCommand('panopticon.agent.start', { issueId });
      }
      if (target?.kind !== 'agent') return;
      const { project, workspace } = target.agent;
      const home = { workspace, project: projects.all().find(({ name }) => name === project)?.path };
      const paths = droppedPaths((await data.get(files)?.asString()) ?? '', home, existsSync);
      if (paths.length === 0) return;
      const text = `${paths.join('\n')}\n`;
      await vscode.commands.executeCommand('panopticon.agent.tell', { agentId: target.agentId, text });
    },
  };
}

async function issuesIn(data: vscode.DataTransfer): Promise<IssueId[]> {
  // Between views there are two of this kind, and `get` would give the first, which VS Code leaves empty.
  const given = [...data].filter(([kind]) => kind === issues);
  const texts = await Promise.all(given.map(([, item]) => item.asString()));
  return [...new Set(texts.flatMap((text) => text.split('\n')).flatMap((line) => parseIssueId(line) ?? []))];
}
