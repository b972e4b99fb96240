import { type AgentQuestion, meantAgents } from '../chooseAgents.ts';
import type { Command } from '../command.ts';
import { forEach } from '../forEach.ts';
import { flash } from '../notify.ts';
import { named } from '../resultTexts.ts';

const question: AgentQuestion = {
  title: 'Which Agent Is Done?',
  fits: ({ status }) => status !== 'done',
  nobody: 'No agent is at work.',
  acts: ['changes', 'open'],
};

/** Ends the agent and closes its issue; the workspace stays. */
export const agentDone: Command = {
  id: 'panopticon.agent.done',
  async run(app, ...given) {
    const agents = await meantAgents(app, given, question);
    if (agents.length === 0) return;
    const runner = await app.runner.get();
    const { results: done, failure } = await app.views.withProgress('agents', () =>
      forEach(agents, ({ issueId }) => runner.agents.done({ id: issueId })),
    );
    await app.fleet.refresh(done.map(({ id }) => id));
    if (done.length > 0) flash(`${named(done.map(({ issueId }) => issueId))} ${done.length > 1 ? 'are' : 'is'} done`);
    if (failure !== undefined) throw failure;
  },
};
