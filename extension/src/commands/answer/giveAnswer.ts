import { UserError } from '../../../../runner/protocol/errors.ts';
import { agentIdOf, type IssueId } from '../../../../runner/protocol/issueId.ts';
import type { AnswerKind } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import { flash } from '../notify.ts';

/** A request as it was shown to the person who answers it. */
export interface AnsweredRequest {
  issueId: IssueId;
  requestId: string;
}

/** Codes of failures that say that the request is over, or another one by now. */
export const staleCodes: ReadonlySet<string> = new Set(['requestGone', 'requestChanged', 'requestUnknown']);

/**
 * Answers the very request that was shown.
 *
 * @returns false when that request is over and was not answered by this.
 */
export async function giveAnswer(
  app: App,
  request: AnsweredRequest,
  answer: AnswerKind,
  texts: string[],
): Promise<boolean> {
  try {
    await answerShown(app, request, answer, texts);
    return true;
  } catch (error) {
    if (error instanceof UserError && staleCodes.has(error.code)) return false;
    throw error;
  }
}

/** The same for who wants to say why it was over. @throws UserError with one of `staleCodes`. */
export async function answerShown(
  app: App,
  { issueId, requestId }: AnsweredRequest,
  answer: AnswerKind,
  texts: string[],
): Promise<void> {
  const runner = await app.runner.get();
  const result = await app.views.withProgress('agents', () =>
    runner.requests.answer({ id: issueId, requestId, answer, texts, exact: true }),
  );
  app.answerDrafts.forget(requestId);
  app.steps.mark('answered');
  flash(`${result.detail} (${issueId})`);
  await Promise.all([app.fleet.refresh([agentIdOf(issueId)]), app.documents.closeRequest(requestId)]);
}
