import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { lookedAt } from './lookedAt.ts';
import { MutingState } from './mutingState.ts';
import { showNotices } from './notices.ts';
import { policyHere } from './policyHere.ts';
import { StatusBar } from './statusBar.ts';
import { WindowReporter } from './windowReporter.ts';

/** The view Agents, as far as it is asked whether it shows. */
type AgentsView = Pick<vscode.TreeView<unknown>, 'visible' | 'onDidChangeVisibility'>;

/** Tells the runner how this window is, and people what the runner chose this window for. */
export function startAttention(app: App, agentsView: AgentsView): vscode.Disposable {
  const { contextKeys, fleet, log, projects, runner, settings } = app;
  const muting = new MutingState({ runner, log });
  const reporter = new WindowReporter({
    runner,
    log,
    read: () => ({
      focused: vscode.window.state.focused,
      showsAgents: agentsView.visible,
      lookingAt: lookedAt(app),
      projects: projects.ofWindow().map(({ name }) => name),
      policy: policyHere(settings.notices(), vscode.env.remoteName),
    }),
  });
  const report = (): void => reporter.report();
  const keepKeys = (): void => {
    contextKeys.set('needsYou', fleet.needsYou().length);
    contextKeys.set('muted', muting.isMuted);
  };
  keepKeys();
  report();
  const { tabGroups } = vscode.window;
  return vscode.Disposable.from(
    muting,
    new StatusBar(app, muting),
    showNotices(app),
    fleet.onDidChange(keepKeys),
    muting.onDidChange(keepKeys),
    runner.onDidChangeState(report),
    projects.onDidChange(report),
    agentsView.onDidChangeVisibility(report),
    vscode.window.onDidChangeWindowState(report),
    vscode.window.onDidChangeActiveTextEditor(report),
    vscode.window.onDidChangeActiveTerminal(report),
    tabGroups.onDidChangeTabs(report),
    tabGroups.onDidChangeTabGroups(report),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('panopticon.attention')) report();
    }),
  );
}
