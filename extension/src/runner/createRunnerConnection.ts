import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { connectRunner } from '../../../runner/client/connectRunner.ts';
import { machineClock } from '../clock.ts';
import type { Settings } from '../settings.ts';
import { homeFolder } from './homeFolder.ts';
import { ReconnectingRunner } from './reconnectingRunner.ts';

export interface RunnerParts {
  runner: ReconnectingRunner;
  /** PANOPTICON_HOME, absolute. */
  home(): string;
}

/**
 * The runner of this window: started from the extension's own bundle by the Node that runs the extension, in the home
 * that the settings or the environment name. Nothing is started before the workspace is trusted.
 */
export function createRunnerConnection(
  context: vscode.ExtensionContext,
  settings: Pick<Settings, 'runnerHome' | 'runnerNode'>,
  log: vscode.LogOutputChannel,
): RunnerParts {
  const home = (): string => homeFolder(settings.runnerHome(), process.env, os.homedir());
  const runner = new ReconnectingRunner(
    {
      connect: ({ respectDown }) =>
        connectRunner({
          home: home(),
          env: process.env,
          clientName: 'Panopticon for VS Code',
          clientVersion: context.extension.packageJSON.version,
          daemonScript: path.join(context.extensionPath, 'dist', 'runner.js'),
          nodePath: settings.runnerNode(),
          respectDown,
        }),
      after: machineClock.after,
      log,
    },
    firstState(),
  );
  context.subscriptions.push(
    runner,
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused && runner.state === 'outdated') runner.start();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => runner.start()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('panopticon.runner')) runner.reset();
    }),
  );
  return { runner, home };
}

function firstState(): 'untrusted' | 'unsupported' | 'starting' {
  if (process.platform === 'win32') return 'unsupported';
  return vscode.workspace.isTrusted ? 'starting' : 'untrusted';
}
