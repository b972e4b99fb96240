/**
 * The inside of a class of characters that a reader does not see, or takes for another one: control, format, private and
 * unassigned characters (C: also zero-width ones and marks of direction), what is drawn as nothing (DI: fillers, variation
 * selectors, tags), line breaks and blanks (Z), and the empty pattern of Braille. For patterns with the flag `u`.
 */
export const unseenClass = String.raw`\p{C}\p{DI}\p{Z}\u2800`;

/** The selector that gives a pictograph its colours is no riddle behind one: `⚠️`. */
const coloured = String.raw`(?<=\p{Extended_Pictographic})\uFE0F`;

const hidden = new RegExp(`(?![ \\n\\t]|${coloured})[${unseenClass}]`, 'gu');

/** Text of strangers, in which what would not be seen is shown as `\u202e`; plain blanks, line feeds and tabs stay. */
export function showUnseen(text: string): string {
  return text.replace(hidden, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
