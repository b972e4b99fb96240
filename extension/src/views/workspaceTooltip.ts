import type * as vscode from 'vscode';
import type { Workspace } from '../../../runner/protocol/models.ts';
import { plainLine } from '../commands/plainText.ts';
import { appendPlain, newTooltip } from './tooltip.ts';
import { workspaceFacts } from './workspaceRow.ts';

/** Where the workspace is and what is in it. */
export function workspaceTooltip(workspace: Workspace): vscode.MarkdownString {
  const tooltip = newTooltip();
  tooltip.appendMarkdown(`**${workspace.issueId}** `);
  appendPlain(tooltip, plainLine(workspace.branch));
  const facts = workspaceFacts(workspace);
  if (facts !== '') {
    tooltip.appendMarkdown('\n\n');
    appendPlain(tooltip, facts);
  }
  tooltip.appendMarkdown('\n\n');
  appendPlain(tooltip, plainLine(workspace.path));
  return tooltip;
}
