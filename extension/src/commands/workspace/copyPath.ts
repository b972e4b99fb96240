import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { flash } from '../notify.ts';
import { meantWorkspace } from './chooseWorkspace.ts';

export const workspaceCopyPath: Command = {
  id: 'panopticon.workspace.copyPath',
  async run(app, ...given) {
    const workspace = await meantWorkspace(app, given, 'Copy the Path of Which Workspace?');
    if (workspace === undefined) return;
    await vscode.env.clipboard.writeText(workspace.path);
    flash(`Copied ${workspace.path}`);
  },
};
