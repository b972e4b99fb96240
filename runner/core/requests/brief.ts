import stringWidth from 'string-width';

/** Widest line that is read at a glance, in columns. */
const maxColumns = 40;

/**
 * What a reader does not see, or sees elsewhere or as something else: control, format and unassigned characters (C: also
 * zero-width ones and marks of direction), what is drawn as nothing (DI: fillers, variation selectors, tags), marks on top
 * of other characters (M), line breaks and blanks that are no plain blank (Z), and the empty pattern of Braille.
 */
const unseen = /(?! )[\p{C}\p{DI}\p{M}\p{Z}\u2800]/u;

/**
 * Whether the whole command is one short line that shows everything it is. Only then may it be allowed at a glance, by an
 * icon or in a notification: somebody who reads the line has read the command.
 */
export function isBrief(command: string): boolean {
  if (command === '' || command !== command.trim() || unseen.test(command)) return false;
  // A run of blanks can push the rest of a line out of sight, and reads as one.
  return !command.includes('  ') && stringWidth(command) <= maxColumns;
}
