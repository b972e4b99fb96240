import { type AgentQuestion, meantAgent } from '../chooseAgents.ts';
import type { Command } from '../command.ts';

const question: AgentQuestion = {
  title: 'Show the Hook and Mail of Which Agent?',
  nobody: 'There is no agent yet.',
  acts: ['open', 'tell'],
};

export const hookShow: Command = {
  id: 'panopticon.hook.show',
  async run(app, ...given) {
    const agent = await meantAgent(app, given, question);
    if (agent !== undefined) await app.panels.openAgent(agent.id, { tab: 'queue' });
  },
};
