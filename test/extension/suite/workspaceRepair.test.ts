import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { RunnerHome } from '../../support/runnerHome.ts';
import { ownApp } from './support/ownApp.ts';
import { takePickers } from './support/pickers.ts';

describe('a workspace whose folder was removed by hand', () => {
  const home = new RunnerHome({ folder: process.env['PAN_TEST_FOLDER'] });
  let issueIds: [gone: string, there: string];
  let path: string;

  before(async () => {
    const app = await ownApp();
    if (app.projects.ofWindow().length === 0) {
      await vscode.commands.executeCommand('panopticon.project.add', { here: true });
    }
    const { workspaces } = await app.runner.get();
    issueIds = [await home.issue('Gone by accident'), await home.issue('Still there')];
    const [gone, there] = issueIds;
    ({ path } = await workspaces.create({ id: gone }));
    await workspaces.create({ id: there });
    rmSync(path, { recursive: true });
  });
  after(async () => {
    for (const id of issueIds) {
      await home.json(['workspace', 'destroy', id, '--force']);
      await home.json(['issue', 'close', id]);
    }
  });

  const offered = async (command: string): Promise<string[]> => {
    const pickers = takePickers();
    try {
      const running = vscode.commands.executeCommand(command);
      const picker = await pickers.next();
      const { labels } = picker;
      picker.cancel();
      await running;
      return labels.filter((label) => issueIds.some((id) => label.includes(id.toLowerCase())));
    } finally {
      pickers.restore();
    }
  };
  const labels = () => issueIds.map((id) => id.toLowerCase());

  it('is not offered to be opened, but to be repaired', async () => {
    assert.deepEqual(await offered('panopticon.workspace.openWindow'), labels().slice(1));
    assert.deepEqual(await offered('panopticon.workspace.repair'), labels().slice(0, 1));
  });

  it('is made again on its branch', async () => {
    await vscode.commands.executeCommand('panopticon.workspace.repair', { issueId: issueIds[0] });
    assert.ok(existsSync(path));
  });
});
