import type { TranscriptEntry } from './models.ts';
import { textBlocks } from './textBlocks.ts';

/** Where a text holds what is looked for, in UTF-16 units. */
export interface TextMatch {
  start: number;
  end: number;
}

/** More lines of what a person said, such as the first task, are folded: they know what they said. */
const shownLines = 8;

/** Whether an entry shows its first line until it is opened. */
export function isFolded({ kind, text }: Pick<TranscriptEntry, 'kind' | 'text'>): boolean {
  if (kind === 'tool' || kind === 'result') return true;
  return kind === 'user' && text.split('\n', shownLines + 1).length > shownLines;
}

/** The texts of an entry as a view shows them, from top to bottom: what a search looks in, and where matches are marked. */
export function shownTexts(entry: Pick<TranscriptEntry, 'kind' | 'text' | 'title'>): string[] {
  if (!isFolded(entry)) return textBlocks(entry.text).map(({ text }) => text);
  return entry.kind === 'tool' ? [entry.title, entry.text] : [entry.text];
}

/**
 * What finds a text, taken as it is; capitals make no difference. A pattern compares letters whatever their case and
 * changes no lengths, as `toLowerCase` does (`İ`). `sought` is not empty.
 */
export function patternOf(sought: string): RegExp {
  return new RegExp(sought.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
}

/** Every place of the text that is looked for. None overlap. */
export function matchesIn(text: string, pattern: RegExp): TextMatch[] {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ start: index, end: index + found.length }));
}
