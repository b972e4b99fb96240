import type { AnswerKind, RequestAnswer, RequestQuestion } from '../../protocol/models.ts';
import type { RequestContent } from './describeRequest.ts';
import { answersMissing, notAnOption } from './requestFailures.ts';

/**
 * The answer as the tool's hook takes it. `text` to a permission or a plan says no and why; to questions it is one answer
 * each, by number, by label or in words; `exact`: none is a number, so that words are what was typed.
 *
 * @throws UserError when the texts do not fit the questions.
 */
export function checkAnswer(
  { kind, questions }: Pick<RequestContent, 'kind' | 'questions'>,
  given: { answer: AnswerKind; texts: readonly string[]; exact?: boolean | undefined },
  issueId: string,
): RequestAnswer {
  const texts = given.texts.map((text) => text.trim()).filter((text) => text !== '');
  if (given.answer !== 'text') return { kind: given.answer, texts: given.answer === 'deny' ? joined(texts) : [] };
  if (kind !== 'question') return { kind: 'deny', texts: joined(texts) };
  const answers = questions.length === 1 ? joined(texts) : texts;
  if (answers.length !== questions.length) throw answersMissing(issueId, questions, answers.length);
  if (given.exact === true) return { kind: 'text', texts: answers };
  return { kind: 'text', texts: questions.map((question, index) => optionOf(question, answers[index] ?? '', issueId)) };
}

/** Words that were typed without quotes. */
function joined(texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [texts.join(' ')];
}

function optionOf(question: RequestQuestion, answer: string, issueId: string): string {
  const chosen = question.multiple ? answer.split(',').map((part) => part.trim()) : [answer];
  const labels = chosen.map((part) => labelOf(question, part, issueId));
  return labels.every((label) => label !== undefined) ? labels.join(', ') : answer;
}

/** Undefined for an answer in words. */
function labelOf({ options }: RequestQuestion, answer: string, issueId: string): string | undefined {
  const byLabel = options.find(({ label }) => label.toLowerCase() === answer.toLowerCase());
  if (byLabel !== undefined || options.length === 0) return byLabel?.label;
  if (!/^\d{1,2}$/.test(answer)) return undefined;
  const byNumber = options[Number(answer) - 1];
  if (byNumber === undefined) throw notAnOption(issueId, answer, options.length);
  return byNumber.label;
}
