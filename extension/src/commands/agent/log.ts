import { type AgentQuestion, meantAgent } from '../chooseAgents.ts';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';

const question: AgentQuestion = {
  title: 'Show the Transcript of Which Agent?',
  nobody: 'There is no agent yet.',
  acts: ['open', 'why'],
};

export const agentLog: Command = {
  id: 'panopticon.agent.log',
  async run(app, ...given) {
    const agent = await meantAgent(app, given, question);
    if (agent === undefined) return;
    await concerning({ agentId: agent.id, issueId: agent.issueId }, () => app.documents.openTranscript(agent));
  },
};
