import type { Command } from '../command.ts';
import { meantFolder } from './chooseWorkspace.ts';

export const workspaceTerminal: Command = {
  id: 'panopticon.workspace.terminal',
  async run(app, ...given) {
    const workspace = await meantFolder(app, given, 'Open a Terminal in Which Workspace?');
    if (workspace !== undefined) app.terminals.openIn(workspace);
  },
};
