import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { RunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import { ownApp } from './support/ownApp.ts';

describe('a warning', () => {
  const home = new RunnerHome({ folder: process.env['PAN_TEST_FOLDER'] });
  const { showWarningMessage, showOpenDialog } = vscode.window;
  let warned: unknown[][];
  let pressed: string | undefined;

  beforeEach(() => {
    warned = [];
    pressed = undefined;
    vscode.window.showWarningMessage = async (...given: unknown[]) => {
      warned.push(given);
      return pressed as never;
    };
  });
  afterEach(() => {
    vscode.window.showWarningMessage = showWarningMessage;
    vscode.window.showOpenDialog = showOpenDialog;
  });

  it('offers the agent that runs already, before anything is asked about a start', async () => {
    const { fleet } = await ownApp();
    if ((await (await home.runner()).projects.list()).length === 0) await home.addProject('MIN');
    home.script([[{ say: 'Done.' }]]);
    const issueId = await home.issue('Runs already');
    await home.json(['work', 'issue', issueId, '--runtime', 'rehearsal', '--mode', 'auto']);
    try {
      const { id } = await home.agent(issueId, 'idle');
      await fleet.refresh([id]);
      await vscode.commands.executeCommand('panopticon.agent.start', { issueId });
      assert.deepEqual(warned, [[`${issueId} already has an agent (rehearsal, idle).`, 'Open Agent']]);
    } finally {
      await home.json(['work', 'kill', issueId]);
    }
  });

  it('helps with a folder that is no repository', async () => {
    const { projects } = await ownApp();
    const before = projects.all().length;
    const folder = mkdtempSync(path.join(tmpdir(), 'pan-plain-'));
    vscode.window.showOpenDialog = async () => [vscode.Uri.file(folder)];
    pressed = 'Initialize Repository';
    const opened = new Promise<vscode.Terminal>((resolve) => {
      const listener = vscode.window.onDidOpenTerminal((terminal) => {
        if (terminal.name !== pressed) return;
        listener.dispose();
        resolve(terminal);
      });
    });
    try {
      await vscode.commands.executeCommand('panopticon.project.add', { browse: true });
      const text = `${path.basename(folder)} is not a git repository.`;
      assert.deepEqual(warned, [[text, 'Initialize Repository', 'Choose Folder...']]);
      const terminal = await opened;
      assert.ok('cwd' in terminal.creationOptions);
      assert.equal(String(terminal.creationOptions.cwd), folder);
      terminal.dispose();
      const isClosed = (): true | undefined => (vscode.window.terminals.includes(terminal) ? undefined : true);
      await waitFor(isClosed, { timeoutMs: 10_000, what: 'the terminal to close' });
      assert.equal(projects.all().length, before);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
