import type { Agent } from '../../../../runner/protocol/models.ts';
import type { RunnerApi } from '../../../../runner/protocol/runnerApi.ts';
import { type AgentQuestion, meantAgents } from '../chooseAgents.ts';
import type { Command } from '../command.ts';
import { forEach } from '../forEach.ts';
import { lateProgress } from '../lateProgress.ts';
import { flash } from '../notify.ts';
import { named } from '../resultTexts.ts';

const question: AgentQuestion = {
  title: 'Resume Which Agent?',
  fits: (agent) => agent.sessionId !== null && (agent.pid === null || hangs(agent)),
  nobody: 'No agent waits to be resumed.',
  acts: ['open', 'changes'],
};

export const agentResume: Command = {
  id: 'panopticon.agent.resume',
  async run(app, ...given) {
    const agents = await meantAgents(app, given, question);
    if (agents.length === 0) return;
    const { results: resumed, failure } = await app.views.withProgress('agents', () =>
      forEach(app, agents, (agent, { agents: all }) =>
        lateProgress(`Resuming ${agent.issueId}`, () => resume(all, agent)),
      ),
    );
    await app.fleet.refresh(resumed.map(({ id }) => id));
    if (resumed.length > 0) flash(`Resumed ${named(resumed.map(({ issueId }) => issueId))}`);
    if (failure !== undefined) throw failure;
  },
};

/** One that lives and does nothing is ended first; it goes on with its conversation. */
async function resume(agents: RunnerApi['agents'], { id, issueId }: Agent): Promise<Agent> {
  // While somebody chose it may have begun to work: what it is doing must not be ended.
  const [now] = await agents.list({ ids: [id] });
  if (now !== undefined && hangs(now)) await agents.kill({ id: issueId });
  return agents.resume({ id: issueId });
}

/** It waits for what does not come by itself: to be ended, or for a model that it has to ask for again. */
function hangs({ pid, status, parked }: Agent): boolean {
  return pid !== null && (status === 'stuck' || (status === 'parked' && parked?.cause === 'model'));
}
