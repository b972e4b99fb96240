import * as vscode from 'vscode';
import type { Command } from '../command.ts';

export const settingsOpen: Command = {
  id: 'panopticon.settings.open',
  always: true,
  async run({ context }) {
    await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`);
  },
};
