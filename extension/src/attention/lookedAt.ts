import * as vscode from 'vscode';
import type { AgentId } from '../../../runner/protocol/issueId.ts';
import type { App } from '../app.ts';

/**
 * The agents that the person looks at: of the active panel, of the opened request, of the terminal that is the active
 * editor. A terminal below the editors does not count: VS Code does not say whether it shows.
 */
export function lookedAt({ documents, panels, terminals }: Pick<App, 'documents' | 'panels' | 'terminals'>): AgentId[] {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  const isTerminal = tab?.input instanceof vscode.TabInputTerminal;
  const agents = [
    panels.activeAgent(),
    documents.activeRequest()?.agentId,
    isTerminal ? terminals.activeAgent() : undefined,
  ];
  return [...new Set(agents.filter((agentId) => agentId !== undefined))];
}
