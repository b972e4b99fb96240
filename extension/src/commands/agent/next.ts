import type { AgentId } from '../../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import { needStep } from '../../fleet/needStep.ts';
import { answerRequest } from '../answer/answerRequest.ts';
import type { Command } from '../command.ts';
import { nextNeedy } from '../nextNeedy.ts';
import { flash } from '../notify.ts';
import { leavePicker } from '../pick.ts';
import { setupLogin } from '../setup/login.ts';

/** Whom the command went to last, in each window. */
const lastShown = new WeakMap<App, AgentId>();

/** `given`: the row that tells of the agents of one project; without it all are meant. */
export const agentNext: Command = {
  id: 'panopticon.agent.next',
  async run(app, given) {
    const project = projectOf(given);
    const needy = app.fleet.needsYou().filter((agent) => project === undefined || agent.project === project);
    // Who reads a request goes on with that one.
    const read = app.documents.activeRequest()?.agentId;
    const agent = needy.find(({ id }) => id === read) ?? nextNeedy(needy, lastShown.get(app));
    if (agent === undefined) {
      lastShown.delete(app);
      return flash(project === undefined ? 'Nobody needs you.' : `Nobody needs you in ${project} any more.`);
    }
    lastShown.set(app, agent.id);
    leavePicker();
    await goTo(app, agent);
  },
};

/** It opens no agent's terminal: keys that were meant for something else would answer its dialog. */
async function goTo(app: App, agent: Agent): Promise<void> {
  const { id, issueId, ask } = agent;
  if (ask !== null) await answerRequest(app, issueId, ask.requestId);
  else if (needStep(agent) === 'login') await setupLogin.run(app, { agentId: id });
  else await app.panels.openAgent(id, { tab: 'why' });
}

function projectOf(given: unknown): string | undefined {
  const isRow = typeof given === 'object' && given !== null && 'project' in given;
  return isRow && typeof given.project === 'string' ? given.project : undefined;
}
