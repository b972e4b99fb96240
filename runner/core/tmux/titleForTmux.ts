import { oneLine } from '../text/sanitize.ts';

/** Longest title on a status line, in characters: it stands beside the id and a hint. */
const maxLength = 100;

/** A title that strangers may have written, for an option that tmux draws: there `#[...]` would be a style. */
export function titleForTmux(text: string): string {
  return oneLine(text, maxLength).replaceAll('#', '##');
}
