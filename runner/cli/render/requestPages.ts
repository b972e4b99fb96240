import type { AgentRequest, RequestQuestion } from '../../protocol/models.ts';
import { spokenId } from '../ownIssue.ts';
import { longAge, shortAge, timeOfDay } from './duration.ts';
import type { Look } from './look.ts';
import { paint } from './paint.ts';
import { plainLine, plainText } from './plainText.ts';
import { markOf, symbolOf } from './statusMark.ts';
import { table } from './table.ts';

/** Of the name of a request: with fewer, an old one and a new one would soon be alike. */
const fewestCharacters = 4;

/** `pan work requests`: what everybody asks, one line each. */
export function requestTable(requests: readonly AgentRequest[], look: Look): string {
  const [first] = requests;
  if (first === undefined) return 'Nobody asks anything.';
  const lines = table(
    [
      { title: 'ID', cells: requests.map(({ issueId }) => issueId) },
      { title: 'KIND', cells: requests.map(({ kind }) => kind) },
      { title: 'AGE', cells: requests.map(({ since }) => shortAge(since, look.now)), align: 'right', gap: 2 },
      { title: 'TOOL', cells: requests.map(({ runtime }) => runtime) },
      { title: 'ASK', cells: requests.map(({ oneLine }) => oneLine), shrink: [{ turn: 1, columns: 10 }] },
    ],
    look,
  );
  return `${lines}\n\nSee the first whole: pan work requests ${first.issueId}`;
}

/** `pan work requests MIN-142`: each request whole, with what to type to answer it. */
export function requestPages(requests: readonly AgentRequest[], id: string, look: Look): string {
  if (requests.length === 0) return `${spokenId(id)} asks nothing.`;
  const ids = requests.map((request) => request.id);
  return requests.map((request) => requestPage(request, shortId(request.id, ids), look)).join('\n\n');
}

/** The beginning of an id that no other one has. */
function shortId(id: string, ids: readonly string[]): string {
  const others = ids.filter((other) => other !== id);
  let length = fewestCharacters;
  while (length < id.length && others.some((other) => other.startsWith(id.slice(0, length)))) length += 1;
  return id.slice(0, length);
}

function requestPage(request: AgentRequest, name: string, look: Look): string {
  const { issueId, runtime, since, title } = request;
  const mark = paint(symbolOf('waiting', look), markOf('waiting').style, look);
  const age = `since ${timeOfDay(since, 'minutes')} (${longAge(since, look.now)})`;
  return [
    [mark, issueId, plainLine(title), `(${plainLine(runtime)})`, wants(request), age].filter(Boolean).join(' '),
    paint(`in ${plainLine(request.cwd)}`, 'dim', look),
    '',
    ...bodyLines(request),
    '',
    ...nextLines(request, name),
  ].join('\n');
}

function wants({ kind, tool }: AgentRequest): string {
  switch (kind) {
    case 'permission':
      return `wants to use ${tool === null ? 'a tool' : plainLine(tool)}`;
    case 'plan':
      return 'wants its plan approved';
    case 'question':
      return 'asks';
  }
}

function bodyLines({ kind, questions, text }: AgentRequest): string[] {
  if (kind === 'question' && questions.length > 0) {
    return questions.flatMap((question, index) => questionLines(question, questions.length > 1 ? index + 1 : null));
  }
  return indented(text);
}

function questionLines({ text, options, multiple }: RequestQuestion, number: number | null): string[] {
  const lead = number === null ? '' : `${number}) `;
  return [
    ...indented(`${lead}${text}${multiple ? ' (several may be chosen: 1,3)' : ''}`),
    ...options.map(({ label, description }, index) => {
      const more = description === '' ? '' : `: ${plainLine(description)}`;
      return `      ${index + 1}. ${plainLine(label)}${more}`;
    }),
  ];
}

function indented(text: string): string[] {
  return plainText(text)
    .split('\n')
    .map((line) => `    ${line}`.trimEnd());
}

function nextLines({ answers, issueId, kind, questions }: AgentRequest, name: string): string[] {
  if (answers.length === 0) return [`Answer it in its terminal: pan work attach ${issueId}`];
  const command = (answer: string) => `pan work answer ${issueId} ${answer} --request ${plainLine(name)}`;
  if (kind === 'question' && answers.includes('text')) {
    const others = [...otherExamples(questions), ...(answers.includes('deny') ? ['deny'] : [])];
    return [
      `Answer it: ${command(questions.map(exampleOf).join(' '))}`,
      ...(others.length === 0 ? [] : [`or: ${others.join(', ')}`]),
    ];
  }
  const words = { allow: 'allow', session: 'session', deny: 'deny', text: '"what to do instead"' };
  const first = answers.includes('allow') ? 'allow' : 'deny';
  const others = answers.filter((answer) => answer !== first).map((answer) => words[answer]);
  return [
    `${first === 'allow' ? 'Answer' : 'Refuse'} it: ${command(first)}`,
    ...(others.length === 0 ? [] : [`or: ${others.join(', ')}`]),
    ...(first === 'allow' ? [] : [`Anything else in its terminal: pan work attach ${issueId}`]),
  ];
}

/** Of several questions each has to be answered: one example says how. */
function otherExamples([question, another]: readonly RequestQuestion[]): string[] {
  if (question === undefined || another !== undefined || question.options.length === 0) return [];
  return [...(question.options.length > 1 ? ['2'] : []), '"your own words"'];
}

function exampleOf({ options }: RequestQuestion): string {
  return options.length === 0 ? '"your answer"' : '1';
}
