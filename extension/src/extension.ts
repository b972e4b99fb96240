import * as vscode from 'vscode';

/** Wires the extension to VS Code; everything created here is disposed through `context.subscriptions`. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Panopticon', { log: true });
  context.subscriptions.push(log);
  log.info(`Panopticon ${context.extension.packageJSON.version} is active.`);
}
