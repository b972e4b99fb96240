import { UserError } from '../../../../runner/protocol/errors.ts';
import { agentIdOf, type IssueId } from '../../../../runner/protocol/issueId.ts';
import type { AgentRequest, AnswerKind, RequestQuestion } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import { askText } from '../askText.ts';
import { concerning } from '../concerning.ts';
import { pick, pickMany, type Row } from '../pick.ts';
import { plainLabel, plainLine } from '../plainText.ts';
import type { Draft } from './answerDrafts.ts';
import {
  answerTitle,
  isOwnWords,
  type LeaveChoice,
  leaveRows,
  likeliestAnswer,
  type QuestionChoice,
  questionRows,
  saidTogether,
} from './answerRows.ts';
import { type AnsweredRequest, giveAnswer } from './giveAnswer.ts';

/** Enter that was meant for something else comes within this time after the picker opened. */
const reflexMs = 300;
/** A picker cuts a longer question, in characters. */
const maxQuestion = 90;

/**
 * Shows what the agent asks and takes the answer: the request that is named, else its oldest. Where the named one is over
 * and another is open, that is shown and said.
 *
 * @throws UserError `requestGone` when it asks nothing.
 */
export function answerRequest(app: App, issueId: IssueId, requestId: string | undefined): Promise<void> {
  return concerning({ agentId: agentIdOf(issueId), issueId }, async () => {
    let wanted = requestId;
    for (let isAnswered = false; !isAnswered; ) {
      const runner = await app.runner.get();
      const open = await runner.requests.list({ id: issueId });
      app.answerDrafts.keepOnly(
        issueId,
        open.map(({ id }) => id),
      );
      const request = open.find(({ id }) => id === wanted) ?? open[0];
      if (request === undefined) throw asksNothing(issueId);
      const replaced = wanted !== undefined && request.id !== wanted;
      isAnswered = await (request.kind === 'question' && request.answers.includes('text')
        ? answerQuestions(app, request, replaced)
        : answerLeave(app, request, replaced));
      wanted = request.id;
    }
  });
}

function asksNothing(issueId: IssueId): UserError {
  return new UserError({ code: 'requestGone', message: `${issueId} asks nothing any more.` });
}

/** The reason for a denial, which the agent reads; undefined when the person leaves. None is a reason, too. */
export async function askReason({ answerDrafts }: App, request: AnsweredRequest): Promise<string[] | undefined> {
  const draft = answerDrafts.of(request, 'reason');
  const { kind, text } = await askText({
    title: `Deny With Message: ${request.issueId}`,
    prompt: 'The agent reads it.',
    placeholder: 'Use pnpm instead',
    value: draft.text,
  });
  draft.keep(text);
  if (kind === 'leave') return undefined;
  return text.trim() === '' ? [] : [text.trim()];
}

/** False when the request was over before it was answered. */
async function answerLeave(app: App, request: AgentRequest, replaced: boolean): Promise<boolean> {
  const opened = app.documents.activeRequest();
  const seenWhole = request.brief || (opened?.requestId === request.id && opened.whole);
  const reason = app.answerDrafts.of(answered(request), 'reason').text;
  const rows = leaveRows(request, seenWhole, reason);
  const likeliest = likeliestAnswer(rows, seenWhole);
  const choice = await pick<LeaveChoice>({
    title: answerTitle(request, Date.now(), replaced),
    placeholder: plainLine(request.cwd),
    rows,
    active: (value) => value === likeliest,
    acceptAfterMs: reflexMs,
    stays: true,
  });
  return choice === undefined || act(app, request, choice);
}

async function act(app: App, request: AgentRequest, choice: LeaveChoice): Promise<boolean> {
  const give = (answer: AnswerKind, texts: string[]): Promise<boolean> =>
    giveAnswer(app, answered(request), answer, texts);
  switch (choice) {
    // The picker would cover what is to be read: the answers are in the editor's title, and here once it was opened.
    case 'review':
      await app.documents.openRequest(request);
      return true;
    case 'open':
      await app.panels.openAgent(request.agentId);
      return true;
    case 'attach':
      await attach(app, request);
      return true;
    case 'text': {
      const reason = await askReason(app, answered(request));
      return reason === undefined || give('deny', reason);
    }
    default:
      return give(choice, []);
  }
}

async function attach(app: App, { agentId }: AgentRequest): Promise<void> {
  const runner = await app.runner.get();
  const [agent] = await runner.agents.list({ ids: [agentId] });
  if (agent !== undefined) await app.terminals.attach(agent);
}

async function answerQuestions(app: App, request: AgentRequest, replaced: boolean): Promise<boolean> {
  const { questions } = request;
  const texts: string[] = [];
  for (const [index, question] of questions.entries()) {
    const step = questions.length > 1 ? ` (${index + 1}/${questions.length})` : '';
    const title = `${answerTitle(request, Date.now(), replaced)}${step}`;
    const draft = app.answerDrafts.of(answered(request), index);
    const answer = await (question.multiple
      ? askSeveral(title, question, draft)
      : askOne(app, request, title, question, draft));
    if (answer === undefined) return true;
    texts.push(answer);
  }
  return giveAnswer(app, answered(request), 'text', texts);
}

function answered({ id, issueId }: AgentRequest): AnsweredRequest {
  return { issueId, requestId: id };
}

async function askOne(
  app: App,
  request: AgentRequest,
  title: string,
  question: RequestQuestion,
  draft: Draft,
): Promise<string | undefined> {
  const rows = questionRows(question, draft.text);
  const choice = await pick<QuestionChoice>({
    title,
    placeholder: plainLine(question.text),
    rows: isLong(question) ? [reviewRow, ...rows] : rows,
    typed: (text) => [{ value: { say: text }, icon: 'edit', label: `Answer "${plainLabel(text)}"` }],
    onEnd: (text) => {
      if (isOwnWords(question, text)) draft.keep(text);
    },
    acceptAfterMs: reflexMs,
    stays: true,
  });
  if (choice === 'open') await app.panels.openAgent(request.agentId);
  if (choice === 'review') await app.documents.openRequest(request);
  if (choice === 'other') return askInWords(title, question, draft);
  return typeof choice === 'object' ? choice.say : undefined;
}

const reviewRow: Row<QuestionChoice> = { value: 'review', icon: 'open-preview', label: 'Review the Whole Question' };

function isLong({ text }: RequestQuestion): boolean {
  return text.length > maxQuestion || text.includes('\n');
}

async function askSeveral(title: string, question: RequestQuestion, draft: Draft): Promise<string | undefined> {
  const choices = await pickMany<QuestionChoice>({
    title,
    placeholder: plainLine(question.text),
    rows: questionRows(question, draft.text),
    acceptAfterMs: reflexMs,
    stays: true,
    refusal: 'Tick what you choose first.',
  });
  if (choices === undefined) return undefined;
  const own = choices.includes('other') ? await askInWords(title, question, draft) : undefined;
  return choices.includes('other') && own === undefined ? undefined : saidTogether(choices, own);
}

async function askInWords(title: string, question: RequestQuestion, draft: Draft): Promise<string | undefined> {
  const { kind, text } = await askText({ title, prompt: question.text, value: draft.text });
  draft.keep(text);
  return kind === 'leave' || text.trim() === '' ? undefined : text.trim();
}
