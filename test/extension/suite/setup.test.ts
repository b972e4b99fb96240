import assert from 'node:assert/strict';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../../../extension/src/app.ts';
import { settingsFrom } from '../../../extension/src/settings.ts';
import { patienceMs, RunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import { ownApp } from './support/ownApp.ts';

describe('setting up', () => {
  const home = new RunnerHome({ folder: process.env['PAN_TEST_FOLDER'] });
  let app: App;
  before(async () => {
    app = await ownApp();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('adds the repository of the window as a project', async () => {
    const added = app.projects.ofWindow().length;
    if (added === 0) await vscode.commands.executeCommand('panopticon.project.add', { here: true });
    assert.deepEqual(
      app.projects.ofWindow().map(({ path: folder }) => folder),
      [realpathSync(home.repository.path)],
    );
    assert.equal(app.contextKeys.get('hasProject'), true);
    assert.equal(app.steps.isDone('project'), true);
  });

  it('shows the doctor as a page', async () => {
    await vscode.commands.executeCommand('panopticon.doctor');
    const shown = () => tabLabels().find((label) => label.includes('Panopticon Doctor'));
    await waitFor(shown, { timeoutMs: patienceMs, what: 'the page of the doctor' });
    const document = () => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'panopticon-doctor');
    const page = await waitFor(document, { timeoutMs: patienceMs, what: 'the text of the page' });
    assert.match(page.getText(), /^# Panopticon Doctor\n\n(All is well|\d+ (problem|warning))/);
    assert.equal(app.steps.isDone('doctor'), true);
    assert.equal(app.contextKeys.get('missing'), '');
  });

  it('opens its settings, the configuration and the walkthrough', async () => {
    await vscode.commands.executeCommand('panopticon.config.open');
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, path.join(home.home, 'config.toml'));
    await vscode.commands.executeCommand('panopticon.settings.open');
    await vscode.commands.executeCommand('panopticon.walkthrough.open');
    await waitFor(() => (tabLabels().some((label) => /Settings/.test(label)) ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the settings',
    });
  });

  it('adds its excludes to those that are there', () => {
    const added = { search: 'workspaces/feature-*', files: 'workspaces/feature-*/**' };
    for (const [section, key] of [
      ['search', 'exclude'],
      ['files', 'watcherExclude'],
    ] as const) {
      const excludes = vscode.workspace.getConfiguration(section).inspect<Record<string, boolean>>(key)?.defaultValue;
      assert.equal(excludes?.[added[section]], true);
      assert.ok(Object.keys(excludes).length > 1, `${section}.${key} holds nothing else`);
    }
  });

  it('reads the defaults of the manifest as its own', () => {
    const read = settingsFrom((key) => vscode.workspace.getConfiguration('panopticon').get(key));
    const fallback = settingsFrom(() => undefined);
    for (const key of keysOf(fallback)) assert.deepEqual(read[key](), fallback[key](), key);
  });

  it('makes pan available in terminals, unless the settings say no', async () => {
    const variables = app.context.environmentVariableCollection;
    assert.equal(variables.get('PATH')?.value, `${path.join(home.home, 'bin')}:`);
    const said = path.join(home.folder, 'said');
    const terminal = vscode.window.createTerminal({ name: 'pan', shellPath: '/bin/sh', cwd: home.folder });
    terminal.sendText(`command -v pan > '${said}.part'; mv '${said}.part' '${said}'`);
    await waitFor(() => (existsSync(said) ? true : undefined), { timeoutMs: patienceMs, what: 'the terminal' });
    terminal.dispose();
    assert.equal(readFileSync(said, 'utf8').trim(), path.join(home.home, 'bin', 'pan'));

    const settings = vscode.workspace.getConfiguration('panopticon');
    await settings.update('terminal.addPanToPath', false, vscode.ConfigurationTarget.Global);
    await waitFor(() => (variables.get('PATH') === undefined ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the PATH to be left alone',
    });
    await settings.update('terminal.addPanToPath', undefined, vscode.ConfigurationTarget.Global);
    await waitFor(() => variables.get('PATH'), { timeoutMs: patienceMs, what: 'the PATH to come back' });
  });

  it('types a command and leaves it to the person to run it', async () => {
    const made = path.join(home.folder, 'made');
    app.terminals.propose('Install tmux', `touch '${made}'`);
    const terminal = vscode.window.terminals.find(({ name }) => name === 'Install tmux');
    assert.ok(terminal);
    await terminal.processId;
    assert.equal(existsSync(made), false);
    terminal.sendText('');
    await waitFor(() => (existsSync(made) ? true : undefined), { timeoutMs: patienceMs, what: 'the command to run' });
    terminal.dispose();
    assert.throws(() => app.terminals.propose('Install tmux', 'touch a\ntouch b'), /control characters/);
  });

  it('plays a rehearsal that asks, in a terminal that is reused', async () => {
    await vscode.commands.executeCommand('panopticon.rehearsal.start');
    const { issueId } = await home.agent(agentOf(await home.agents()).issueId, 'waiting');
    const agent = agentOf(await home.agents());
    assert.deepEqual(
      [agent.title, agent.runtime, agent.mode, agent.ask?.kind],
      ['Try Panopticon', 'rehearsal', 'ask', 'permission'],
    );
    const named = () => vscode.window.terminals.filter(({ name }) => name === `${issueId} · rehearsal`);
    await app.terminals.attach(agent);
    await app.terminals.attach(agent);
    assert.equal(named().length, 1);
    const clients = () =>
      home.tmux('list-clients', '-F', '#{session_name} #{client_control_mode}').includes(`${agent.id} 0`);
    await waitFor(() => (clients() ? true : undefined), { timeoutMs: patienceMs, what: 'the terminal to attach' });
    assert.equal(app.terminals.activeAgent(), agent.id);
    named()[0]?.dispose();
    await waitFor(() => (clients() ? undefined : true), { timeoutMs: patienceMs, what: 'the terminal to detach' });
    assert.equal((await home.agent(issueId, 'waiting')).pid, agent.pid);
    await home.pan(['work', 'kill', issueId]);
    await home.agent(issueId, 'stopped');
  });
});

function agentOf<T extends { title: string }>(agents: readonly T[]): T {
  const agent = agents.find(({ title }) => title === 'Try Panopticon');
  assert.ok(agent, 'there is no rehearsal');
  return agent;
}

function tabLabels(): string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
}

function keysOf<T extends object>(record: T): (keyof T)[] {
  return Object.keys(record).filter((key): key is keyof T & string => key in record);
}
