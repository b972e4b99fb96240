import * as vscode from 'vscode';
import { type AgentQuestion, meantAgents } from '../chooseAgents.ts';
import type { Command } from '../command.ts';
import { flash } from '../notify.ts';

const question: AgentQuestion = {
  title: 'Copy the ID of Which Agent?',
  nobody: 'There is no agent yet.',
  acts: ['open', 'tell'],
};

export const agentCopyId: Command = {
  id: 'panopticon.agent.copyId',
  async run(app, ...given) {
    const ids = (await meantAgents(app, given, question)).map(({ id }) => id);
    if (ids.length === 0) return;
    await vscode.env.clipboard.writeText(ids.join('\n'));
    flash(`Copied ${ids.length === 1 ? ids[0] : `${ids.length} ids`}`);
  },
};
