import * as vscode from 'vscode';
import type { NotificationType } from 'vscode-jsonrpc';
import { UserError } from '../../../runner/protocol/errors.ts';
import { type AgentId, agentIdOf, type IssueId, parseIssueId } from '../../../runner/protocol/issueId.ts';
import {
  type AgentTab,
  panelAct,
  panelDraft,
  panelPin,
  panelRunner,
  panelShow,
} from '../../../runner/protocol/panelMessages.ts';
import { agentsDidAge, requestAnswer, stateDidChange } from '../../../runner/protocol/requests.ts';
import type { App } from '../app.ts';
import { dotted } from '../views/row.ts';
import { callForAgent, requireShown } from './agentMethods.ts';
import { agentShape } from './agentShape.ts';
import type { GivenParams } from './givenParams.ts';
import { actOnAgent } from './panelActs.ts';
import type { PanelDrafts } from './panelDrafts.ts';
import { concernsAgent, readToPanel, relayRequest } from './panelRelay.ts';
import { runnerSentence } from './runnerSentence.ts';
import { webviewFolder, webviewPage } from './webviewPage.ts';

/** As much of the application as a panel of an agent uses. */
export type AgentPanelApp = Pick<App, 'context' | 'documents' | 'fleet' | 'log' | 'runner' | 'steps'>;

/** One tab with the view of an agent. While it is hidden there is no view; it comes back by what the view kept. */
export class AgentPanel {
  readonly panel: vscode.WebviewPanel;
  private readonly app: AgentPanelApp;
  private readonly drafts: PanelDrafts;
  private readonly disposables: vscode.Disposable[] = [];
  private shown: { agentId: AgentId; issueId: IssueId };
  private tab: AgentTab | undefined;
  private pinned: boolean;
  private icon = '';
  /** Whether a view listens: VS Code drops what is posted to one that is hidden or still loads. */
  private isListening = false;
  private isDisposed = false;

  constructor(
    panel: vscode.WebviewPanel,
    app: AgentPanelApp,
    drafts: PanelDrafts,
    initial: { issueId: IssueId; agentId: AgentId },
    pinned: boolean,
  ) {
    this.panel = panel;
    this.app = app;
    this.drafts = drafts;
    this.shown = initial;
    this.pinned = pinned;
    const { extensionUri } = app.context;
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
    this.disposables.push(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.isListening = false;
      }),
      panel.webview.onDidReceiveMessage((data: unknown) => this.receive(data)),
      app.runner.onDidChange((change) => {
        if (concernsAgent(change, this.shown)) this.notify(stateDidChange, change);
      }),
      app.runner.onDidAge(({ agents }) => {
        if (agents.includes(this.agentId)) this.notify(agentsDidAge, { agents: [this.agentId] });
      }),
      app.runner.onDidChangeState(() => this.tellRunner()),
      app.fleet.onDidChange((ids) => {
        if (ids.includes(this.agentId)) this.drawTab();
      }),
    );
    panel.onDidDispose(() => {
      this.isDisposed = true;
      vscode.Disposable.from(...this.disposables).dispose();
    });
    panel.webview.html = webviewPage(panel.webview, extensionUri, {
      script: 'agent',
      title: 'Agent',
    });
    this.drawTab();
  }

  get agentId(): AgentId {
    return this.shown.agentId;
  }

  /** Whether it stays with its agent. */
  get isPinned(): boolean {
    return this.pinned;
  }

  show(agent: { agentId: AgentId; issueId: IssueId }, tab: AgentTab | undefined): void {
    this.shown = agent;
    this.tab = tab;
    this.drawTab();
    this.tellShown();
  }

  private receive(data: unknown): void {
    const message = readToPanel(data);
    if (message?.kind === 'ready') {
      this.isListening = true;
      this.tellRunner();
      this.tellShown();
      return;
    }
    if (message === undefined) return;
    const onBug = (error: unknown) => this.logBug(error);
    void relayRequest(message, (method, given) => this.call(method, given), onBug).then((answer) => {
      // VS Code throws where the tab was closed meanwhile.
      if (!this.isDisposed) void this.panel.webview.postMessage(answer);
    });
  }

  private async call(method: string, given: GivenParams): Promise<unknown> {
    if (method === panelPin.method) {
      requireShown(this.shown.issueId, given);
      this.pinned = given.flag('pinned');
      return null;
    }
    if (method === panelDraft.method) {
      await this.drafts.keep(given);
      return null;
    }
    if (method === panelAct.method) return actOnAgent(this.app, this.shown, given);
    const runner = this.app.runner.connected();
    if (runner === undefined) {
      throw new UserError({ code: 'runnerAway', message: runnerSentence(this.app.runner.state) });
    }
    const { issueId } = this.shown;
    const answer = await callForAgent(runner, issueId, method, given);
    // What the runner did stays done where it cannot be noted.
    this.drafts.settle(issueId, method, given, answer).catch((error: unknown) => this.logBug(error));
    if (method === requestAnswer.method) this.app.steps.mark('answered');
    return answer;
  }

  private tellRunner(): void {
    const { state } = this.app.runner;
    this.notify(panelRunner, {
      isReady: state === 'ready',
      canStart: state === 'down',
      reason: runnerSentence(state),
    });
  }

  private tellShown(): void {
    if (!this.isListening) return;
    const drafts = this.drafts.of(this.shown.issueId);
    this.notify(panelShow, { ...this.shown, tab: this.tab ?? null, pinned: this.pinned, drafts });
    this.tab = undefined;
  }

  private notify<Params>(type: NotificationType<Params>, params: Params): void {
    if (this.isListening) void this.panel.webview.postMessage({ kind: 'notification', method: type.method, params });
  }

  private logBug(error: unknown): void {
    this.app.log.error(error instanceof Error ? error : String(error));
  }

  private drawTab(): void {
    const agent = this.app.fleet.get(this.agentId);
    const { issueId } = this.shown;
    this.panel.title = dotted(issueId, agent?.runtime);
    const icon = agentShape(agent);
    if (icon === this.icon) return;
    this.icon = icon;
    const file = (theme: string) =>
      vscode.Uri.joinPath(this.app.context.extensionUri, 'media', 'agents', `${icon}-${theme}.svg`);
    this.panel.iconPath = { light: file('light'), dark: file('dark') };
  }
}

/** The issue of an agent's id; undefined for what is none. */
export function agentOf(text: string): { agentId: AgentId; issueId: IssueId } | undefined {
  const issueId = parseIssueId(text);
  return issueId === undefined ? undefined : { agentId: agentIdOf(issueId), issueId };
}
