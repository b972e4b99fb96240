import * as vscode from 'vscode';
import { plainLabel, plainMessage } from './plainText.ts';

/** How long a result stands in the status bar: long enough to read, nothing to close. */
const statusMs = 5_000;

/** Says in the status bar what was done. */
export function flash(text: string): void {
  vscode.window.setStatusBarMessage(plainLabel(text), statusMs);
}

/** What a button of a notification does. */
export type Actions = Readonly<Record<string, () => Thenable<unknown> | undefined>>;

/**
 * Says something that has a next step, by its buttons. Resolves at once, since a notification stands until somebody
 * closes it; what a button does is a command of its own, which says itself what went wrong.
 */
export function say(severity: 'info' | 'warning', text: string, actions: Actions): void {
  const { showInformationMessage, showWarningMessage } = vscode.window;
  const show = severity === 'info' ? showInformationMessage : showWarningMessage;
  void show(plainMessage(text), ...Object.keys(actions)).then((title) =>
    title === undefined ? undefined : actions[title]?.(),
  );
}
