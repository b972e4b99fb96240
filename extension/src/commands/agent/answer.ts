import type { App } from '../../app.ts';
import { answerRequest } from '../answer/answerRequest.ts';
import { shownRequest } from '../answer/shownRequest.ts';
import { type AgentQuestion, meantAgent, rowsMeant } from '../chooseAgents.ts';
import type { Command } from '../command.ts';

const question: AgentQuestion = {
  title: 'Answer Which Agent?',
  fits: ({ ask }) => ask !== null,
  nobody: 'Nobody asks anything.',
  acts: ['open', 'attach'],
};

export const agentAnswer: Command = { id: 'panopticon.agent.answer', run: answerMeant };

/** Opens the picker of the request that was shown, of the agent that is meant, or of the one that asks. */
export async function answerMeant(app: App, ...given: unknown[]): Promise<void> {
  const shown = shownRequest(app, given);
  if (shown !== undefined) return answerRequest(app, shown.issueId, shown.requestId);
  const [issueId] = rowsMeant(app, given).issueIds;
  if (issueId !== undefined) return answerRequest(app, issueId, undefined);
  const asking = app.fleet.all().filter(({ ask }) => ask !== null);
  const agent = asking.length === 1 ? asking[0] : await meantAgent(app, given, question);
  if (agent !== undefined) await answerRequest(app, agent.issueId, undefined);
}
