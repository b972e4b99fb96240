import * as vscode from 'vscode';
import { type AgentId, isAgentId } from '../../../runner/protocol/issueId.ts';
import type { AgentTab, Panels } from '../app.ts';
import { AgentPanel, type AgentPanelApp, agentOf } from './agentPanel.ts';
import { isRecord } from './givenParams.ts';
import { PanelDrafts } from './panelDrafts.ts';

const viewType = 'panopticon.agent';
/** What VS Code gives the commands in the title of a panel begins so (1.100 to 1.139). */
const panelScheme = 'webview-panel';

/** All tabs with agents: one that goes from agent to agent, and those that the person pinned. */
export class AgentPanels implements Panels, vscode.Disposable {
  private readonly app: AgentPanelApp;
  private readonly drafts: PanelDrafts;
  private readonly panels = new Set<AgentPanel>();
  private readonly serializer: vscode.Disposable;
  private hasContext = false;

  constructor(app: AgentPanelApp) {
    this.app = app;
    this.drafts = new PanelDrafts(app.context.workspaceState);
    this.serializer = vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, kept) => this.restore(panel, kept),
    });
  }

  async openAgent(agentId: AgentId, options: { tab?: AgentTab; preserveFocus?: boolean } = {}): Promise<void> {
    const agent = agentOf(agentId);
    if (agent === undefined) return;
    const { tab, preserveFocus = false } = options;
    const all = [...this.panels];
    const open =
      all.find((panel) => panel.isPinned && panel.agentId === agentId) ?? all.find((panel) => !panel.isPinned);
    if (open !== undefined) {
      open.show(agent, tab);
      open.panel.reveal(undefined, preserveFocus);
      return;
    }
    const besidePinned = all.some(({ panel }) => panel.active);
    const viewColumn = besidePinned ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    const panel = vscode.window.createWebviewPanel(viewType, agent.issueId, { viewColumn, preserveFocus });
    this.add(new AgentPanel(panel, this.app, this.drafts, agent, false)).show(agent, tab);
  }

  activeAgent(): AgentId | undefined {
    return [...this.panels].find(({ panel }) => panel.active)?.agentId;
  }

  agentAt(address: unknown): AgentId | undefined {
    // All panels have such an address, and none says which: whoever clicks in the title of one makes it the active one.
    return address instanceof vscode.Uri && address.scheme === panelScheme ? this.activeAgent() : undefined;
  }

  dispose(): void {
    this.serializer.dispose();
    for (const { panel } of this.panels) panel.dispose();
  }

  /** What the view kept is from an earlier window, or from an earlier version. */
  private restore(panel: vscode.WebviewPanel, kept: unknown): void {
    const agentId = isRecord(kept) ? kept['agentId'] : undefined;
    const agent = typeof agentId === 'string' && isAgentId(agentId) ? agentOf(agentId) : undefined;
    if (agent === undefined) panel.dispose();
    else this.add(new AgentPanel(panel, this.app, this.drafts, agent, isRecord(kept) && kept['pinned'] === true));
  }

  private add(agentPanel: AgentPanel): AgentPanel {
    const { panel } = agentPanel;
    this.panels.add(agentPanel);
    panel.onDidChangeViewState(() => this.tellContext());
    panel.onDidDispose(() => {
      this.panels.delete(agentPanel);
      this.tellContext();
    });
    this.tellContext();
    return agentPanel;
  }

  private tellContext(): void {
    const hasContext = this.activeAgent() !== undefined;
    if (hasContext === this.hasContext) return;
    this.hasContext = hasContext;
    void vscode.commands.executeCommand('setContext', 'panopticon.activePanel', hasContext ? 'agent' : undefined);
  }
}
