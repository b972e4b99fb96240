import * as vscode from 'vscode';
import type { RunnerConnection, RunnerState } from './runnerConnection.ts';

/** Says once, in the window that is in use, that a runner which was there cannot be had again. */
export function tellWhenLost(runner: Pick<RunnerConnection, 'state' | 'onDidChangeState'>): vscode.Disposable {
  let before: RunnerState = runner.state;
  return runner.onDidChangeState((state) => {
    const isLost = before === 'reconnecting' && state === 'failed';
    before = state;
    if (isLost && vscode.window.state.focused) void tell();
  });
}

async function tell(): Promise<void> {
  const restart = 'Restart Runner';
  const log = 'Show Log';
  const text = 'Panopticon lost its runner. Your agents keep working.';
  const chosen = await vscode.window.showErrorMessage(text, restart, log);
  if (chosen === restart) await vscode.commands.executeCommand('panopticon.runner.restart');
  if (chosen === log) await vscode.commands.executeCommand('panopticon.runner.log');
}
