import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { pick } from '../pick.ts';

const groupings = [
  { value: 'status', icon: 'pulse', label: 'Status', detail: 'What they do: who needs you is on top.' },
  { value: 'project', icon: 'repo', label: 'Project' },
  { value: 'runtime', icon: 'hubot', label: 'Runtime', detail: 'The AI tool that they run.' },
] as const;

export const agentsGroupBy: Command = {
  id: 'panopticon.agents.groupBy',
  always: true,
  async run({ settings }) {
    const now = settings.groupBy();
    const chosen = await pick({
      title: 'Group Agents By',
      rows: groupings.map((row) => (row.value === now ? { ...row, description: 'now' } : row)),
      active: (value) => value === now,
    });
    if (chosen === undefined) return;
    const configuration = vscode.workspace.getConfiguration('panopticon');
    const isOfFolder = configuration.inspect('agents.groupBy')?.workspaceValue !== undefined;
    const target = isOfFolder ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
    await configuration.update('agents.groupBy', chosen, target);
  },
};
