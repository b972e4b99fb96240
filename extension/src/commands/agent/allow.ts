import type { AnswerKind } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import { answerRequest } from '../answer/answerRequest.ts';
import { giveAnswer } from '../answer/giveAnswer.ts';
import { shownRequest } from '../answer/shownRequest.ts';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { answerMeant } from './answer.ts';

export const agentAllow: Command = {
  id: 'panopticon.agent.allow',
  run: (app, ...given) => allow(app, given, 'allow'),
};

export const agentAllowSession: Command = {
  id: 'panopticon.agent.allowSession',
  run: (app, ...given) => allow(app, given, 'session'),
};

/** Only what stood there whole is allowed at once; everything else is shown first. */
async function allow(app: App, given: readonly unknown[], answer: AnswerKind): Promise<void> {
  const shown = shownRequest(app, given);
  if (shown?.whole !== true || !shown.seen) return answerMeant(app, ...given);
  await concerning({ issueId: shown.issueId }, async () => {
    const isAnswered = await giveAnswer(app, shown, answer, []);
    if (!isAnswered) await answerRequest(app, shown.issueId, shown.requestId);
  });
}
