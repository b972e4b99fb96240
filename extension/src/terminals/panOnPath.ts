import path from 'node:path';
import * as vscode from 'vscode';
import type { Settings } from '../settings.ts';

/** Puts `pan` on the PATH of integrated terminals, while the settings say so. */
export function keepPanOnPath(
  context: vscode.ExtensionContext,
  settings: Pick<Settings, 'addPanToPath'>,
  home: () => string,
): vscode.Disposable {
  const variables = context.environmentVariableCollection;
  const apply = (): void => {
    variables.clear();
    if (!settings.addPanToPath()) return;
    variables.description = 'Makes `pan` available.';
    variables.prepend('PATH', path.join(home(), 'bin') + path.delimiter);
  };
  apply();
  return vscode.workspace.onDidChangeConfiguration((change) => {
    const keys = ['panopticon.terminal.addPanToPath', 'panopticon.runner.home'];
    if (keys.some((key) => change.affectsConfiguration(key))) apply();
  });
}
