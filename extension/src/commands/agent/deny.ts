import type { App } from '../../app.ts';
import { answerRequest, askReason } from '../answer/answerRequest.ts';
import { giveAnswer } from '../answer/giveAnswer.ts';
import { shownRequest } from '../answer/shownRequest.ts';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { answerMeant } from './answer.ts';

export const agentDeny: Command = {
  id: 'panopticon.agent.deny',
  run: (app, ...given) => deny(app, given, async () => []),
};

export const agentDenyWith: Command = {
  id: 'panopticon.agent.denyWith',
  run: (app, ...given) =>
    deny(app, given, async (issueId) => {
      const reason = await askReason(issueId);
      return reason === undefined ? undefined : [reason.trim()].filter((text) => text !== '');
    }),
};

async function deny(
  app: App,
  given: readonly unknown[],
  reasons: (issueId: string) => Promise<string[] | undefined>,
): Promise<void> {
  const shown = shownRequest(app, given);
  if (shown?.seen !== true) return answerMeant(app, ...given);
  const texts = await reasons(shown.issueId);
  if (texts === undefined) return;
  await concerning({ issueId: shown.issueId }, async () => {
    const isAnswered = await giveAnswer(app, shown, 'deny', texts);
    if (!isAnswered) await answerRequest(app, shown.issueId, shown.requestId);
  });
}
