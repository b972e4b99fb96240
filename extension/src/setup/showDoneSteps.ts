import * as vscode from 'vscode';
import type { DoneSteps } from './doneSteps.ts';

/** Tells `steps` when a page of VS Code's own that holds walkthroughs comes to the front, however it was opened. */
export function showDoneSteps(steps: Pick<DoneSteps, 'show'>): vscode.Disposable {
  const look = (): void => {
    if (vscode.window.tabGroups.all.some(({ activeTab }) => activeTab !== undefined && holdsWalkthroughs(activeTab))) {
      steps.show();
    }
  };
  look();
  return vscode.window.tabGroups.onDidChangeTabs(look);
}

/** In other languages than English only the command that opens our own is noticed. */
function holdsWalkthroughs({ input, label }: vscode.Tab): boolean {
  return input === undefined && /welcome|walkthrough/i.test(label);
}
