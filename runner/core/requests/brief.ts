import stringWidth from 'string-width';
import { unseenClass } from '../../protocol/unseenText.ts';

/** Widest line that is read at a glance, in columns. */
const maxColumns = 40;

/** What a reader does not see, and marks on top of other characters (M), which make one of another kind. */
const unseen = new RegExp(`(?! )[${unseenClass}\\p{M}]`, 'u');

/**
 * Whether the whole command is one short line that shows everything it is. Only then may it be allowed at a glance, by an
 * icon or in a notification: somebody who reads the line has read the command.
 */
export function isBrief(command: string): boolean {
  if (command === '' || command !== command.trim() || unseen.test(command)) return false;
  // A run of blanks can push the rest of a line out of sight, and reads as one.
  return !command.includes('  ') && stringWidth(command) <= maxColumns;
}
