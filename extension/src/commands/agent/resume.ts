import type { Agent } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import { type AgentQuestion, meantAgents } from '../chooseAgents.ts';
import type { Command } from '../command.ts';
import { forEach } from '../forEach.ts';
import { lateProgress } from '../lateProgress.ts';
import { flash } from '../notify.ts';
import { named } from '../resultTexts.ts';

const question: AgentQuestion = {
  title: 'Resume Which Agent?',
  fits: ({ sessionId, pid, status }) => sessionId !== null && (pid === null || status === 'stuck'),
  nobody: 'No agent waits to be resumed.',
  acts: ['open', 'changes'],
};

export const agentResume: Command = {
  id: 'panopticon.agent.resume',
  async run(app, ...given) {
    const agents = await meantAgents(app, given, question);
    if (agents.length === 0) return;
    const { results: resumed, failure } = await app.views.withProgress('agents', () =>
      forEach(agents, (agent) => lateProgress(`Resuming ${agent.issueId}`, () => resume(app, agent))),
    );
    await app.fleet.refresh(resumed.map(({ id }) => id));
    if (resumed.length > 0) flash(`Resumed ${named(resumed.map(({ issueId }) => issueId))}`);
    if (failure !== undefined) throw failure;
  },
};

/** A stuck agent still lives: it is ended first, and goes on with its conversation. */
async function resume(app: App, { issueId, status, pid }: Agent): Promise<Agent> {
  const { agents } = await app.runner.get();
  if (status === 'stuck' && pid !== null) await agents.kill({ id: issueId });
  return agents.resume({ id: issueId });
}
