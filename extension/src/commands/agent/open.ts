import { type AgentQuestion, meantAgent } from '../chooseAgents.ts';
import type { Command } from '../command.ts';
import { meantBy } from '../meant.ts';

const question: AgentQuestion = {
  title: 'Open Which Agent?',
  nobody: 'There is no agent yet.',
  acts: ['tell', 'changes'],
};

export const agentOpen: Command = {
  id: 'panopticon.agent.open',
  async run(app, ...given) {
    const agent = await meantAgent(app, given, question);
    // From a row the focus stays there: the keys of the view go on working, and so does going from row to row.
    const preserveFocus = meantBy(given).shown.length > 0;
    if (agent !== undefined) await app.panels.openAgent(agent.id, { preserveFocus });
  },
};
