import type { App } from '../../app.ts';
import type { Aim } from '../../views/settledRows.ts';
import { answerRequest, askReason } from '../answer/answerRequest.ts';
import { giveAnswer } from '../answer/giveAnswer.ts';
import { type ShownRequest, shownRequest } from '../answer/shownRequest.ts';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { answerMeant } from './answer.ts';

/** What the agent is told; undefined when the person leaves. */
type Reasons = (app: App, shown: ShownRequest) => Promise<string[] | undefined>;

const none: Reasons = async () => [];

export const agentDeny: Command = {
  id: 'panopticon.agent.deny',
  run: (app, ...given) => deny(app, given, none, 'icon'),
};

export const agentDenyWith: Command = {
  id: 'panopticon.agent.denyWith',
  run: (app, ...given) => deny(app, given, askReason, 'icon'),
};

/** The same in the context menu of a row. */
export const agentDenyFromMenu: Command = {
  id: 'panopticon.agent.denyFromMenu',
  run: (app, ...given) => deny(app, given, none, 'menu'),
};

export const agentDenyWithFromMenu: Command = {
  id: 'panopticon.agent.denyWithFromMenu',
  run: (app, ...given) => deny(app, given, askReason, 'menu'),
};

/** The same of a plan, in the words of a plan. */
export const agentRejectPlan: Command = {
  id: 'panopticon.agent.rejectPlan',
  run: (app, ...given) => deny(app, given, none, 'icon'),
};

export const agentRejectPlanWith: Command = {
  id: 'panopticon.agent.rejectPlanWith',
  run: (app, ...given) => deny(app, given, askReason, 'icon'),
};

export const agentRejectPlanFromMenu: Command = {
  id: 'panopticon.agent.rejectPlanFromMenu',
  run: (app, ...given) => deny(app, given, none, 'menu'),
};

export const agentRejectPlanWithFromMenu: Command = {
  id: 'panopticon.agent.rejectPlanWithFromMenu',
  run: (app, ...given) => deny(app, given, askReason, 'menu'),
};

async function deny(app: App, given: readonly unknown[], reasons: Reasons, aim: Aim): Promise<void> {
  const shown = shownRequest(app, given, aim);
  if (shown?.seen !== true) return answerMeant(app, ...given);
  const texts = await reasons(app, shown);
  if (texts === undefined) return;
  await concerning({ issueId: shown.issueId }, async () => {
    const isAnswered = await giveAnswer(app, shown, 'deny', texts);
    if (!isAnswered) await answerRequest(app, shown.issueId, shown.requestId);
  });
}
