import type { AnswerKind } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import type { Aim } from '../../views/settledRows.ts';
import { answerRequest } from '../answer/answerRequest.ts';
import { giveAnswer } from '../answer/giveAnswer.ts';
import { shownRequest } from '../answer/shownRequest.ts';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { answerMeant } from './answer.ts';

export const agentAllow: Command = {
  id: 'panopticon.agent.allow',
  run: (app, ...given) => allow(app, given, 'allow', 'icon'),
};

export const agentAllowSession: Command = {
  id: 'panopticon.agent.allowSession',
  run: (app, ...given) => allow(app, given, 'session', 'icon'),
};

/** The same in the context menu of a row. */
export const agentAllowFromMenu: Command = {
  id: 'panopticon.agent.allowFromMenu',
  run: (app, ...given) => allow(app, given, 'allow', 'menu'),
};

export const agentAllowSessionFromMenu: Command = {
  id: 'panopticon.agent.allowSessionFromMenu',
  run: (app, ...given) => allow(app, given, 'session', 'menu'),
};

/** The same in the title of a plan, in the words of a plan. */
export const agentApprovePlan: Command = {
  id: 'panopticon.agent.approvePlan',
  run: (app, ...given) => allow(app, given, 'allow', 'icon'),
};

export const agentApprovePlanSession: Command = {
  id: 'panopticon.agent.approvePlanSession',
  run: (app, ...given) => allow(app, given, 'session', 'icon'),
};

/** Only what stood there whole is allowed at once; everything else is shown first. */
async function allow(app: App, given: readonly unknown[], answer: AnswerKind, aim: Aim): Promise<void> {
  const shown = shownRequest(app, given, aim);
  if (shown?.whole !== true || !shown.seen) return answerMeant(app, ...given);
  await concerning({ issueId: shown.issueId }, async () => {
    const isAnswered = await giveAnswer(app, shown, answer, []);
    if (!isAnswered) await answerRequest(app, shown.issueId, shown.requestId);
  });
}
