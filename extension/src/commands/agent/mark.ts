import type { App } from '../../app.ts';
import { type AgentQuestion, meantAgents } from '../chooseAgents.ts';
import type { Command } from '../command.ts';

const question: AgentQuestion = {
  title: 'Mark Which Agent?',
  fits: ({ status }) => status === 'done',
  nobody: 'No agent is done.',
  acts: ['changes', 'open'],
};

export const agentMarkSeen: Command = {
  id: 'panopticon.agent.markSeen',
  run: (app, ...given) => mark(app, given, true),
};

export const agentMarkUnseen: Command = {
  id: 'panopticon.agent.markUnseen',
  run: (app, ...given) => mark(app, given, false),
};

async function mark(app: App, given: readonly unknown[], seen: boolean): Promise<void> {
  const agents = await meantAgents(app, given, question);
  await app.seen.mark(agents, seen);
}
