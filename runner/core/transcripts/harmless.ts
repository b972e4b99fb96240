import type { ToldEntry } from '../runtimes/transcriptFormat.ts';
import { oneLine, stripControls } from '../text/sanitize.ts';

/** Text of one answer, in characters. */
export const maxPageLength = 4 * 1024 * 1024;
/** Text of one entry, in characters; more is left out, and the entry says so. */
const maxEntryLength = 64 * 1024;
const maxTitleLength = 80;

/** What a tool wrote down, as text that steers no terminal. */
export function harmless(entry: ToldEntry): ToldEntry {
  const left = entry.text.length - maxEntryLength;
  const text = stripControls(entry.text.slice(0, maxEntryLength), { keepLines: true });
  return {
    ...entry,
    title: oneLine(entry.title, maxTitleLength),
    text: left > 0 ? `${text}\n(${left} more characters are in the transcript)` : text,
  };
}
