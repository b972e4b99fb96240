import { UserError } from '../../../runner/protocol/errors.ts';
import { type IssueId, parseIssueId } from '../../../runner/protocol/issueId.ts';
import type { AnswerKind } from '../../../runner/protocol/models.ts';
import {
  agentDropMail,
  agentFindInTranscript,
  agentLog,
  agentMail,
  agentTell,
  agentTellPreview,
  agentTranscript,
  agentWhy,
  costReport,
  hookCheck,
  hookDrop,
  hookPush,
  requestAnswer,
  requestList,
  workspaceChanges,
} from '../../../runner/protocol/requests.ts';
import type { RunnerApi } from '../../../runner/protocol/runnerApi.ts';
import type { GivenParams } from './givenParams.ts';

type Method = (runner: RunnerApi, id: IssueId, given: GivenParams) => Promise<unknown>;

const answerKinds = ['allow', 'session', 'deny', 'text'] as const satisfies readonly AnswerKind[];
const maxEntries = 500;
const maxLines = 200;
const idLength = 200;
/** A cursor holds a path, and the ids of what tools did in one message. */
const cursorLength = 100_000;

/**
 * What the view of an agent may ask of the runner, always about the panel's own agent. An answer names the request that
 * the view shows: without it the runner would take the only open one, which may be another than the person saw.
 */
const agentMethods: ReadonlyMap</* method */ string, Method> = new Map<string, Method>([
  [agentWhy.method, (runner, id) => runner.agents.why({ id })],
  [agentLog.method, (runner, id, given) => runner.agents.log({ id, lines: given.count('lines', maxLines) })],
  [agentTranscript.method, readTranscript],
  [agentFindInTranscript.method, findInTranscript],
  [agentTell.method, (runner, id, given) => runner.agents.tell({ id, text: given.text('text') })],
  [agentTellPreview.method, (runner, id) => runner.agents.tellPreview({ id })],
  [agentMail.method, (runner, id) => runner.agents.mail({ id })],
  [agentDropMail.method, (runner, id, given) => runner.agents.dropMail({ id, mailId: given.text('mailId', idLength) })],
  [requestList.method, (runner, id) => runner.requests.list({ id })],
  [requestAnswer.method, answer],
  [costReport.method, (runner, id) => runner.costs.report({ id })],
  [hookCheck.method, (runner, id) => runner.hooks.check({ id, withDone: true })],
  [hookPush.method, pushHook],
  [hookDrop.method, (runner, id, given) => runner.hooks.drop({ id, itemId: given.text('itemId', idLength) })],
  [workspaceChanges.method, (runner, id) => runner.workspaces.changes({ id })],
]);

/**
 * Asks the runner for the view of the agent of an issue.
 *
 * @throws UserError for a method that the view may not use, for another agent, and for malformed parameters.
 */
export async function callForAgent(
  runner: RunnerApi,
  issueId: IssueId,
  method: string,
  given: GivenParams,
): Promise<unknown> {
  const call = agentMethods.get(method);
  if (call === undefined) {
    throw new UserError({ code: 'notAllowed', kind: 'usage', message: `The view may not ask for ${method}.` });
  }
  requireShown(issueId, given);
  return call(runner, issueId, given);
}

/** @throws UserError when the view that was clicked showed another agent than the panel does now. */
export function requireShown(issueId: IssueId, given: GivenParams): void {
  if (parseIssueId(given.text('id', idLength)) === issueId) return;
  throw new UserError({
    code: 'otherAgent',
    message: `The panel shows ${issueId} now.`,
    hint: 'Nothing was done. Look again.',
  });
}

function readTranscript(runner: RunnerApi, id: IssueId, given: GivenParams): Promise<unknown> {
  return runner.agents.transcript({
    id,
    limit: given.count('limit', maxEntries),
    after: given.optionalText('after', cursorLength),
    before: given.optionalText('before', cursorLength),
    at: given.optionalPlace('at'),
  });
}

function findInTranscript(runner: RunnerApi, id: IssueId, given: GivenParams): Promise<unknown> {
  return runner.agents.findInTranscript({
    id,
    text: given.text('text', idLength),
    before: given.optionalText('before', cursorLength),
    after: given.optionalText('after', cursorLength),
  });
}

function answer(runner: RunnerApi, id: IssueId, given: GivenParams): Promise<unknown> {
  return runner.requests.answer({
    id,
    requestId: given.text('requestId', idLength),
    answer: given.oneOf('answer', answerKinds),
    texts: given.texts('texts'),
    exact: true,
  });
}

function pushHook(runner: RunnerApi, id: IssueId, given: GivenParams): Promise<unknown> {
  return runner.hooks.push({ id, itemId: given.text('itemId', idLength), text: given.text('text') });
}
