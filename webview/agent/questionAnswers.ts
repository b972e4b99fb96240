import type { RequestQuestion } from '../../runner/protocol/models.ts';

/** What is filled in for one question: chosen options by index, and words of the person's own, which count instead. */
export interface QuestionDraft {
  chosen: readonly number[];
  words: string;
}

export const emptyDraft: QuestionDraft = { chosen: [], words: '' };

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

/** The runner takes options apart at commas, so that one with a comma in its label goes by its number. */
function answerOf({ options }: RequestQuestion, { chosen, words }: QuestionDraft): string {
  if (words.trim() !== '') return words.trim();
  const labels = chosen.map((index) => {
    const label = options[index]?.label ?? '';
    return label.includes(',') ? String(index + 1) : label;
  });
  return labels.join(', ');
}
