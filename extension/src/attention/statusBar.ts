import * as vscode from 'vscode';
import type { App } from '../app.ts';
import type { MutingState } from './mutingState.ts';
import { statusText } from './statusText.ts';
import { statusTooltip } from './statusTooltip.ts';

/** The one item of the status bar: how many work, how many need somebody. */
export class StatusBar implements vscode.Disposable {
  private readonly app: Pick<App, 'fleet' | 'runner' | 'settings'>;
  private readonly muting: MutingState;
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: vscode.Disposable[];

  constructor(app: Pick<App, 'fleet' | 'runner' | 'settings'>, muting: MutingState) {
    this.app = app;
    this.muting = muting;
    this.item = vscode.window.createStatusBarItem('panopticon', vscode.StatusBarAlignment.Left, 40);
    this.item.name = 'Panopticon';
    const show = (): void => this.show();
    this.subscriptions = [
      this.item,
      app.fleet.onDidChange(show),
      app.runner.onDidChangeState(show),
      app.runner.onDidAge(show),
      muting.onDidChange(show),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('panopticon.attention')) show();
      }),
    ];
    show();
    this.item.show();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private show(): void {
    const { fleet, runner, settings } = this.app;
    const facts = {
      runner: runner.state,
      failure: runner.failure?.message,
      agents: fleet.all(),
      needsYou: fleet.needsYou(),
      isMuted: this.muting.isMuted,
      escalateMinutes: settings.escalateMinutes(),
      now: new Date(),
    };
    const { text, spoken, isWarning } = statusText(facts);
    this.item.text = text;
    this.item.accessibilityInformation = { label: spoken };
    this.item.backgroundColor = isWarning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    const hasNeed = runner.state === 'ready' && facts.needsYou.length > 0;
    this.item.command = hasNeed ? 'panopticon.agent.next' : 'panopticon.agents.focus';
    this.item.tooltip = statusTooltip(facts, this.muting.current, vscode.env.remoteName);
  }
}
