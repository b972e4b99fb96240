import { type AgentQuestion, meantAgent } from '../chooseAgents.ts';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';

const question: AgentQuestion = {
  title: 'Attach to Which Agent?',
  fits: ({ pid }) => pid !== null,
  nobody: 'No agent is running.',
  acts: ['open', 'tell'],
};

export const agentAttach: Command = {
  id: 'panopticon.agent.attach',
  async run(app, ...given) {
    const agent = await meantAgent(app, given, question);
    if (agent === undefined) return;
    await concerning({ agentId: agent.id, issueId: agent.issueId }, () => app.terminals.attach(agent));
  },
};
