import { type AgentQuestion, meantAgent } from '../chooseAgents.ts';
import type { Command } from '../command.ts';

const question: AgentQuestion = {
  title: 'Why Is Which Agent as It Is?',
  nobody: 'There is no agent yet.',
  acts: ['open', 'attach'],
};

export const agentWhy: Command = {
  id: 'panopticon.agent.why',
  async run(app, ...given) {
    const agent = await meantAgent(app, given, question);
    if (agent !== undefined) await app.panels.openAgent(agent.id, { tab: 'why' });
  },
};
