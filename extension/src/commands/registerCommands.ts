import * as vscode from 'vscode';
import type { App } from '../app.ts';
import type { Command } from './command.ts';
import { commandTable } from './commandTable.ts';
import { ConcerningError } from './concerning.ts';
import { failureNotice } from './failureNotice.ts';
import { flash } from './notify.ts';

/** Makes every command known to VS Code. What one throws is said to the person, with the next step; nothing is thrown on. */
export function registerCommands(app: App): vscode.Disposable {
  const registered = commandTable.map((command) =>
    vscode.commands.registerCommand(command.id, (...given: unknown[]) => runCommand(app, command, given)),
  );
  return vscode.Disposable.from(...registered);
}

async function runCommand(app: App, command: Command, given: readonly unknown[]): Promise<void> {
  try {
    if (command.always !== true) await app.runner.get();
    await command.run(app, ...given);
  } catch (error) {
    const [thrown, about] = error instanceof ConcerningError ? [error.cause, [error.reference]] : [error, given];
    app.log.warn(`${command.id}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
    // Not waited for: a notification stands until somebody closes it.
    void notify(app, thrown, about).catch((failure: unknown) => app.log.error(String(failure)));
  }
}

async function notify(app: App, thrown: unknown, about: readonly unknown[]): Promise<void> {
  const { severity, text, actions } = failureNotice(thrown, knownCommands);
  if (severity === 'passing') return flash(text);
  const { showErrorMessage, showInformationMessage, showWarningMessage } = vscode.window;
  const show = { info: showInformationMessage, warning: showWarningMessage, error: showErrorMessage }[severity];
  const chosen = await show(text, ...actions.map(({ title }) => title));
  const action = actions.find(({ title }) => title === chosen);
  if (action === undefined) return;
  if (action.command === null) app.log.show();
  else await vscode.commands.executeCommand(action.command, ...about);
}

const knownCommands: ReadonlySet<string> = new Set(commandTable.map(({ id }) => id));
