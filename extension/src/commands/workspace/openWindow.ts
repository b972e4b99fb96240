import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { flash } from '../notify.ts';
import { meantFolder } from './chooseWorkspace.ts';

export const workspaceOpenWindow: Command = {
  id: 'panopticon.workspace.openWindow',
  async run(app, ...given) {
    const workspace = await meantFolder(app, given, 'Open Which Workspace in a New Window?');
    if (workspace === undefined) return;
    await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(workspace.path), {
      forceNewWindow: true,
    });
  },
};

export const workspaceAddFolder: Command = {
  id: 'panopticon.workspace.addFolder',
  async run(app, ...given) {
    const workspace = await meantFolder(app, given, 'Add Which Workspace to This Window?');
    if (workspace === undefined) return;
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.some(({ uri }) => uri.fsPath === workspace.path)) return flash('It is in this window already');
    const folder = { uri: vscode.Uri.file(workspace.path), name: workspace.issueId };
    vscode.workspace.updateWorkspaceFolders(folders.length, 0, folder);
  },
};
