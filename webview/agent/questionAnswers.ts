import type { RequestQuestion } from '../../runner/protocol/models.ts';

/**
 * What is filled in for one question: chosen options by index, the one after the last being `youDecide`, and words of the
 * person's own, which count instead.
 */
export interface QuestionDraft {
  chosen: readonly number[];
  words: string;
}

/** Leaves a question that takes one answer to the agent. */
export const youDecide = 'You decide';

export const emptyDraft: QuestionDraft = { chosen: [], words: '' };

/** What is filled in, as it is kept; empty where nothing is. */
export function writtenAnswers(drafts: readonly QuestionDraft[]): string {
  return drafts.every(({ chosen, words }) => chosen.length === 0 && words === '') ? '' : JSON.stringify(drafts);
}

/** Reads what was kept, which another version may have written; nothing is filled in where it cannot be read. */
export function readAnswers(text: string): QuestionDraft[] {
  try {
    const kept: unknown = JSON.parse(text);
    return Array.isArray(kept) && kept.every(isQuestionDraft) ? kept : [];
  } catch {
    // Nothing was kept, or what is none of ours.
    return [];
  }
}

/** `isOn` of a single choice takes the place of the earlier one; both take the place of own words. */
export function choose(draft: QuestionDraft, option: number, isOn: boolean, multiple: boolean): QuestionDraft {
  const others = multiple ? draft.chosen.filter((index) => index !== option) : [];
  const chosen = isOn ? [...others, option].sort((a, b) => a - b) : others;
  return { chosen, words: '' };
}

/** The answers as they are sent, one a question; undefined while a question has none. */
export function answersOf(
  questions: readonly RequestQuestion[],
  drafts: readonly QuestionDraft[],
): string[] | undefined {
  const answers = questions.map((question, index) => answerOf(question, drafts[index] ?? emptyDraft));
  return answers.length > 0 && answers.every((answer) => answer !== '') ? answers : undefined;
}

function answerOf({ options }: RequestQuestion, { chosen, words }: QuestionDraft): string {
  if (words.trim() !== '') return words.trim();
  return chosen.map((index) => (index === options.length ? youDecide : (options[index]?.label ?? ''))).join(', ');
}

function isQuestionDraft(value: unknown): value is QuestionDraft {
  if (typeof value !== 'object' || value === null || !('chosen' in value) || !('words' in value)) return false;
  const { chosen, words } = value;
  return typeof words === 'string' && Array.isArray(chosen) && chosen.every((index) => typeof index === 'number');
}
