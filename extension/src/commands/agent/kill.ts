import * as vscode from 'vscode';
import type { Agent } from '../../../../runner/protocol/models.ts';
import type { Reference } from '../../views/elements.ts';
import { type AgentQuestion, meantAgents } from '../chooseAgents.ts';
import type { Command } from '../command.ts';
import { forEach } from '../forEach.ts';
import { say } from '../notify.ts';
import { killedText } from '../resultTexts.ts';

const question: AgentQuestion = {
  title: 'Kill Which Agent?',
  fits: ({ pid, status }) => pid !== null || status === 'unreadable',
  nobody: 'No agent is running.',
  acts: ['open', 'tell'],
};

/** Nothing is asked before: workspace and conversation are kept, and Resume takes it back. */
export const agentKill: Command = {
  id: 'panopticon.agent.kill',
  async run(app, ...given) {
    const agents = await meantAgents(app, given, question);
    if (agents.length === 0) return;
    const { results: killed, failure } = await app.views.withProgress('agents', () =>
      forEach(app, agents, (agent, runner) => runner.agents.kill({ id: agent.issueId })),
    );
    await app.fleet.refresh(killed.map(({ id }) => id));
    const resumable = killed.filter(({ sessionId }) => sessionId !== null);
    const actions = resumable.length === 0 ? {} : { Resume: () => resume(resumable) };
    if (killed.length > 0) say('info', killedText(killed), actions);
    if (failure !== undefined) throw failure;
  },
};

async function resume(agents: readonly Agent[]): Promise<void> {
  for (const { id } of agents) {
    const reference: Reference = { agentId: id };
    await vscode.commands.executeCommand('panopticon.agent.resume', reference);
  }
}
