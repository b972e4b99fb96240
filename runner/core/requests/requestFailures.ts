import type { RequestKind } from '../../protocol/enumerations.ts';
import { UserError } from '../../protocol/errors.ts';
import type { AnswerKind, RequestQuestion } from '../../protocol/models.ts';
import { oneLine } from '../text/sanitize.ts';

/** `why` is a clause: `it was answered in the terminal at 14:06`. */
export function requestGone(issueId: string, why: string | undefined): UserError {
  return new UserError({
    code: 'requestGone',
    message: why === undefined ? 'That request has gone.' : `That request has gone: ${why}.`,
    hint: `See what became of it: pan work why ${issueId}`,
  });
}

export function requestUnknown(issueId: string, requestId: string): UserError {
  return new UserError({
    code: 'requestUnknown',
    message: `There is no request ${oneLine(requestId, 80)} of ${issueId}.`,
    hint: `See what it asks: pan work requests ${issueId}`,
  });
}

export function asksNothing(issueId: string): UserError {
  return new UserError({
    code: 'requestGone',
    message: `${issueId} asks nothing.`,
    hint: `See what it does: pan work why ${issueId}`,
  });
}

export function requestChanged(issueId: string): UserError {
  return new UserError({
    code: 'requestChanged',
    message: 'That request has changed since you saw it.',
    hint: `Look at the new one: pan work requests ${issueId}`,
  });
}

export function requestAmbiguous(issueId: string, ids: readonly string[]): UserError {
  return new UserError({
    code: 'requestAmbiguous',
    message: `${issueId} asks ${ids.length} things at once: ${ids.join(', ')}.`,
    hint: `Look at them, then name one: pan work requests ${issueId}; pan work answer ${issueId} allow --request ${ids[0] ?? ''}`,
  });
}

export function cannotAnswer(
  issueId: string,
  runtime: string,
  answer: AnswerKind,
  { kind, answers }: { kind: RequestKind; answers: readonly AnswerKind[] },
): UserError {
  if (answers.length === 0) return onlyInTerminal(issueId, runtime);
  const inWords = kind === 'question' ? '"your own words"' : '"what to do instead"';
  return new UserError({
    code: 'cannotAnswer',
    message:
      answer === 'session'
        ? 'This request cannot be allowed for the session.'
        : `This request of ${issueId} does not take "${answer === 'text' ? 'an answer in words' : answer}".`,
    hint: `It takes ${anyOf(answers.map((each) => (each === 'text' ? inWords : each)))}.`,
    kind: 'usage',
  });
}

/** `allow, deny, or "what to do instead"`. */
function anyOf(words: readonly string[]): string {
  const [last] = words.slice(-1);
  return words.length < 2 ? `only ${last}` : `${words.slice(0, -1).join(', ')}, or ${last}`;
}

export function onlyInTerminal(issueId: string, runtime: string): UserError {
  return new UserError({
    code: 'onlyInTerminal',
    message: `${runtime} takes the answer to this request of ${issueId} only in its terminal.`,
    hint: `Answer it there: pan work attach ${issueId}`,
  });
}

/** The keys that answer a dialog are pressed only when the screen shows the very request. */
export function requestUnseen(issueId: string): UserError {
  return new UserError({
    code: 'requestUnseen',
    message: `The terminal of ${issueId} does not show that request whole, so nothing was pressed.`,
    hint: `Answer it there: pan work attach ${issueId}`,
  });
}

export function answerNotTaken(issueId: string, seconds: number): UserError {
  return new UserError({
    code: 'answerNotTaken',
    message: `${issueId} did not take the answer within ${seconds} s; it was taken back.`,
    hint: `Try again, or answer in its terminal: pan work attach ${issueId}`,
  });
}

export function answerUnproved(issueId: string): UserError {
  return new UserError({
    code: 'answerUnproved',
    message: `The answer was given in the terminal of ${issueId}, which still shows the request.`,
    hint: `Look at it: pan work attach ${issueId}`,
  });
}

export function answersMissing(issueId: string, questions: readonly RequestQuestion[], given: number): UserError {
  const asked = questions.map(({ text }, index) => `${index + 1}. ${oneLine(text, 120)}`).join(' ');
  const example = questions.map(() => '1').join(' ');
  return new UserError({
    code: 'answersMissing',
    message: `${issueId} asks ${questions.length} questions and got ${given} answer${given === 1 ? '' : 's'}: ${asked}`,
    hint: `Answer each by number or in quotes: pan work answer ${issueId} ${example}`,
    kind: 'usage',
  });
}

export function notAnOption(issueId: string, answer: string, count: number): UserError {
  return new UserError({
    code: 'notAnOption',
    message: `There is no option ${answer}: the question of ${issueId} has ${count}.`,
    hint: `See them: pan work requests ${issueId}`,
    kind: 'usage',
  });
}
