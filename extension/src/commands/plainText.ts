import { showUnseen } from '../../../runner/protocol/unseenText.ts';

/**
 * Text of strangers for one line of VS Code's: a label, a description, the status bar. Line breaks become `⏎`, what is
 * not seen shows as its code, and `$(name)` stays text instead of becoming an icon.
 */
export function plainLabel(text: string): string {
  return plainLine(text).replaceAll('$(', '\\$(');
}

/** The same for notifications, where `[text](command:name)` would become a link: the link is broken. */
export function plainMessage(text: string): string {
  return plainLine(text).replaceAll('](', ']\u200b(');
}

/** The same for prompts of input boxes, which make icons of text, too. */
export function plainPrompt(text: string): string {
  return plainMessage(plainLabel(text));
}

/** `text` with at most `max` characters (code points); what is cut off shows as `…`. */
export function shortened(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}

/** One line in which everything shows, for where neither icons nor links are made of text: the rows of trees. */
export function plainLine(text: string): string {
  const line = text
    .trim()
    .replace(/\s*\r?\n\s*/g, ' ⏎ ')
    .replaceAll('\t', ' ');
  return showUnseen(line);
}
