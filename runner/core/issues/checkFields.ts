import { type IssueState, issueStates, type Priority, priorities } from '../../protocol/enumerations.ts';
import { UserError } from '../../protocol/errors.ts';
import type { IssueFields } from '../../protocol/requests.ts';
import { oneLine } from '../text/sanitize.ts';
import type { IssueChange } from '../trackers/tracker.ts';

/** Longest title and longest label taken, in characters. With so many labels they fit into 16 kB of front matter. */
const maxTitle = 500;
const maxLabel = 100;
const maxLabels = 30;

/**
 * The fields that were given, fit for a tracker: titles and labels as single lines without control characters,
 * the body untouched.
 *
 * @throws UserError of kind `usage` for an empty or overlong title and for values that are not in the enumerations.
 */
export function checkFields(fields: IssueFields): IssueChange {
  const change: IssueChange = {};
  if (fields.title !== undefined) change.title = checkTitle(fields.title);
  if (fields.body !== undefined) change.body = checkText('body', fields.body);
  if (fields.labels !== undefined) change.labels = checkLabels(fields.labels);
  if (fields.priority !== undefined) change.priority = checkPriority(fields.priority);
  if (fields.state !== undefined) change.state = checkState(fields.state);
  return change;
}

export function checkState(value: unknown): IssueState {
  return oneOf('state', issueStates, value);
}

function checkTitle(value: unknown): string {
  const title = oneLine(checkText('title', value), Number.POSITIVE_INFINITY);
  if (title === '') {
    throw badField('The title is empty.', 'Say in one line what is wanted: pan issue create "Rate-limit login"');
  }
  const length = [...title].length;
  if (length <= maxTitle) return title;
  throw badField(
    `The title is ${length} characters long, and at most ${maxTitle} are taken.`,
    'Say it shorter and put the rest into the body: --body-file FILE',
  );
}

function checkLabels(value: unknown): string[] {
  if (!Array.isArray(value)) throw badField('Labels are a list of words.', 'One label each: --label bug --label ui');
  const lines = value.map((label: unknown) => oneLine(checkText('label', label), Number.POSITIVE_INFINITY));
  const labels = [...new Set(lines.filter((label) => label !== ''))];
  const isTooLong = labels.some((label) => [...label].length > maxLabel);
  if (!isTooLong && labels.length <= maxLabels) return labels;
  throw badField(
    isTooLong ? `A label is longer than ${maxLabel} characters.` : `There are more than ${maxLabels} labels.`,
    'Say it in the body instead: --body-file FILE',
  );
}

function checkPriority(value: unknown): Priority {
  return oneOf('priority', priorities, value);
}

function checkText(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw badField(`The ${name} is not text.`, 'See what is taken: pan help issue create');
}

function oneOf<T extends string>(name: string, allowed: readonly T[], value: unknown): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw badField(`'${oneLine(String(value), 40)}' is not a ${name}.`, `A ${name} is one of ${allowed.join(', ')}.`);
}

function badField(message: string, hint: string): UserError {
  return new UserError({ code: 'badField', message, hint, kind: 'usage' });
}
