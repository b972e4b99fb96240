import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { App } from '../../../extension/src/app.ts';
import type { RunnerState } from '../../../extension/src/runner/runnerConnection.ts';
import { patienceMs, RunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import { ownApp } from './support/ownApp.ts';

describe('the connection to the runner', () => {
  const home = new RunnerHome({ folder: process.env['PAN_TEST_FOLDER'] });
  let app: App;
  before(async () => {
    app = await ownApp();
  });

  it('is to the one daemon of the home', async () => {
    assert.equal(app.home(), home.home);
    assert.deepEqual(await home.daemons(), [await daemonPid(app)]);
  });

  it('is made again, by a new daemon, when the daemon is killed', async () => {
    const states: RunnerState[] = [];
    const scopes = new Set<string>();
    const listening = [
      app.runner.onDidChangeState((state) => states.push(state)),
      app.runner.onDidChange(({ scope }) => scopes.add(scope)),
    ];
    try {
      const killed = await daemonPid(app);
      process.kill(killed, 'SIGKILL');
      await reached(app, () => states.includes('ready'));
      assert.deepEqual(states, ['reconnecting', 'ready']);
      assert.notEqual(await daemonPid(app), killed);
      assert.ok(scopes.has('agents') && scopes.has('projects'));
    } finally {
      for (const each of listening) each.dispose();
    }
  });

  it('is made again when a person restarts the runner', async () => {
    const before = await daemonPid(app);
    await vscode.commands.executeCommand('panopticon.runner.restart');
    assert.equal(app.runner.state, 'ready');
    assert.notEqual(await daemonPid(app), before);
  });

  it('leaves the runner down that a person stopped, until a person starts it', async () => {
    await home.pan(['down']);
    await reached(app, () => app.runner.state === 'down');
    assert.deepEqual(await home.daemons(), []);
    assert.equal(app.contextKeys.get('ready'), false);
    await vscode.commands.executeCommand('panopticon.runner.restart');
    assert.equal(app.runner.state, 'ready');
    assert.equal(app.contextKeys.get('runner'), 'ready');
  });

  it('comes back by itself when the runner is started elsewhere', async () => {
    await home.pan(['down']);
    await reached(app, () => app.runner.state === 'down');
    await home.pan(['up']);
    await reached(app, () => app.runner.state === 'ready');
  });

  it('shows the log of the runner, and follows it while it is on the screen', async () => {
    await vscode.commands.executeCommand('panopticon.runner.log');
    const text = (): string =>
      vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'output')?.document.getText() ??
      '';
    const shows = (words: string | RegExp) => () => (text().match(words) === null ? undefined : true);
    await waitFor(shows(/ info /), { timeoutMs: patienceMs, what: 'the log to show' });
    const lines = text().length;
    await home.pan(['daemon', 'restart']);
    await waitFor(() => (text().length > lines ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the log to go on',
    });
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await reached(app, () => app.runner.state === 'ready');
  });
});

async function daemonPid({ runner }: App): Promise<number> {
  const { pid } = await (await runner.get()).daemon.status();
  assert.ok(pid);
  return pid;
}

async function reached({ runner }: App, isSo: () => boolean): Promise<void> {
  await waitFor(() => (isSo() ? true : undefined), {
    timeoutMs: patienceMs,
    what: `another state than ${runner.state}`,
  });
}
