import * as vscode from 'vscode';
import type { Command } from '../command.ts';

export const runnerRestart: Command = {
  id: 'panopticon.runner.restart',
  always: true,
  async run({ runner, fleet }) {
    const ran = runner.connected() !== undefined;
    await runner.restart();
    const agents = fleet.all().filter(({ pid }) => pid !== null).length;
    const untouched = agents === 0 ? '' : ` ${agents} agent${agents === 1 ? '' : 's'} untouched.`;
    void vscode.window.showInformationMessage(`Runner ${ran ? 'restarted' : 'started'}.${untouched}`);
  },
};
