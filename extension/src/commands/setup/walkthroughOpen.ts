import * as vscode from 'vscode';
import type { Command } from '../command.ts';

export const walkthroughOpen: Command = {
  id: 'panopticon.walkthrough.open',
  always: true,
  async run({ context, steps }) {
    const walkthrough = `${context.extension.id}#panopticon.start`;
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
    steps.show();
  },
};
