import { quoteForSh } from '../text/quoteForSh.ts';

/** One word for a command line that a person copies from a hint; nothing in the runner runs such a line. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoteForSh(text);
}
