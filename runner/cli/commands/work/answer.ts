import type { UserError } from '../../../protocol/errors.ts';
import type { AnswerKind, AnswerResult } from '../../../protocol/models.ts';
import { answerWord } from '../../answerWord.ts';
import { defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { spokenId } from '../../ownIssue.ts';
import { seconds } from '../../render/duration.ts';
import type { Look } from '../../render/look.ts';
import { paint } from '../../render/paint.ts';
import { plainLine } from '../../render/plainText.ts';
import { usageError } from '../../usageError.ts';

export const workAnswer = defineCommand({
  path: 'work answer',
  summary: 'Answer what an agent asks',
  description:
    'allow (yes, ok), session (always: allow this for the rest of the session) or deny (no); to a question the number of ' +
    'an option, its label, or words, one for each question. Words in answer to anything else deny it and say why. The ' +
    'answer counts only for what the agent asks now; with --request only for that very request.',
  args: {
    id: { kind: 'required', summary: 'the issue of the agent' },
    answer: { kind: 'rest', summary: 'allow, session, deny, an option, or words' },
  },
  options: {
    request: { kind: 'text', value: 'id', summary: 'the request that is meant, or how its id begins' },
    message: { kind: 'text', value: 'text', short: 'm', summary: 'with deny: the reason, which the agent reads' },
    text: { kind: 'text', value: 'text', summary: 'an answer in words that is taken as it is' },
  },
  json: 'answerResult',
  examples: [
    'pan work answer MIN-142 allow',
    'pan work answer MIN-142 allow --request a80b',
    'pan work answer MIN-142 deny -m "use pnpm"',
    'pan work answer MIN-131 2',
    'pan work answer MIN-131 "Keep it"',
  ],
  async run(context, { id, answer: words }, { request, message, text }) {
    const meant = text === undefined ? await meantBy(words, id, request, context) : undefined;
    const given = readAnswer(id, meant === undefined ? words : [meant.answer], message, text);
    const requestId = meant?.requestId ?? request;
    const { requests } = await context.runner();
    const result = await requests.answer({ id, ...given, ...(requestId === undefined ? {} : { requestId }) });
    return { document: result, shown: [result.detail], text: (look) => answerPage(result, look) };
  },
});

/**
 * What one word such as `yes` says to the permission or plan that is asked for; undefined where the words say all
 * themselves. To a question it is an answer like any other.
 *
 * @throws UserError (usage) for a slip, which would deny.
 */
async function meantBy(
  words: readonly string[],
  id: string,
  request: string | undefined,
  context: Context,
): Promise<{ answer: AnswerKind; requestId: string } | undefined> {
  const [word, another] = words;
  if (word === undefined || another !== undefined || isPlainKind(word)) return undefined;
  const said = answerWord(word);
  if (said === undefined) return undefined;
  const { requests } = await context.runner();
  const open = (await requests.list({ id })).filter((each) => each.id.startsWith(request ?? ''));
  const [asked] = open;
  if (asked === undefined || open.length > 1 || asked.kind === 'question') return undefined;
  if (said.kind === 'slip') throw unclearWord(id, word, said.answer);
  return { answer: said.answer, requestId: asked.id };
}

function unclearWord(id: string, word: string, answer: AnswerKind): UserError {
  const deny = `pan work answer ${spokenId(id)} deny -m ${JSON.stringify(word)}`;
  return usageError(`${word} is neither allow, session nor deny.`, `Did you mean ${answer}? Words deny it: ${deny}`);
}

function answerPage({ detail, issueId, tookMs }: AnswerResult, look: Look): string {
  const answered = `${plainLine(detail)} (${issueId})`;
  if (tookMs === null) return `${answered}\n${paint('The agent shows nothing yet.', 'dim', look)}`;
  return `${answered}, going on after ${seconds(tookMs)}`;
}

function readAnswer(
  id: string,
  words: readonly string[],
  message: string | undefined,
  text: string | undefined,
): { answer: AnswerKind; texts: string[]; exact?: true } {
  const [word, another] = words;
  const kind = another === undefined && isPlainKind(word) ? word : 'text';
  if (text !== undefined && words.length > 0)
    throw usageError('The answer is given twice: as words and with --text.', 'Leave one of them out.');
  if (message !== undefined && kind !== 'deny')
    throw usageError('--message gives the reason of deny.', `pan work answer ${spokenId(id)} deny -m "use pnpm"`);
  if (kind !== 'text') return { answer: kind, texts: message === undefined ? [] : [message] };
  const texts = text === undefined ? [...words] : [text];
  if (texts.every((each) => each.trim() === ''))
    throw usageError('There is no answer.', `See what is asked: pan work requests ${spokenId(id)}`);
  return text === undefined ? { answer: 'text', texts } : { answer: 'text', texts, exact: true };
}

function isPlainKind(word: string | undefined): word is Exclude<AnswerKind, 'text'> {
  return word === 'allow' || word === 'session' || word === 'deny';
}
