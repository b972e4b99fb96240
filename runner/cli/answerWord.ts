import type { AnswerKind } from '../protocol/models.ts';
import { nearest } from './nearest.ts';

type PlainAnswer = Exclude<AnswerKind, 'text'>;

/** What one word means to a permission or a plan; `slip`: it is none of the known words, and near one. */
export type AnswerWord = { kind: 'answer' | 'slip'; answer: PlainAnswer };

const answers: ReadonlyMap<string, PlainAnswer> = new Map([
  ['allow', 'allow'],
  ['yes', 'allow'],
  ['y', 'allow'],
  ['ok', 'allow'],
  ['session', 'session'],
  ['always', 'session'],
  ['deny', 'deny'],
  ['no', 'deny'],
  ['n', 'deny'],
]);

/** Too short a word is near to everything. */
const slipsOf: ReadonlyMap<string, PlainAnswer> = new Map([
  ['allow', 'allow'],
  ['yes', 'allow'],
  ['okay', 'allow'],
  ['approve', 'allow'],
  ['session', 'session'],
  ['always', 'session'],
  ['deny', 'deny'],
  ['reject', 'deny'],
  ['refuse', 'deny'],
]);

/** Undefined for a word of somebody's own. */
export function answerWord(word: string): AnswerWord | undefined {
  const answer = answers.get(word.toLowerCase());
  if (answer !== undefined) return { kind: 'answer', answer };
  const [near] = nearest(word, [...slipsOf.keys()]);
  const meant = near === undefined ? undefined : slipsOf.get(near);
  return meant === undefined ? undefined : { kind: 'slip', answer: meant };
}
