/**
 * Text as Markdown in which nothing is markup: each sign is written as its number. `appendText` leaves bare addresses,
 * which become links, and joins all words by blanks that do not wrap.
 */
export function inertText(text: string): string {
  return text.replace(/[^\p{L}\p{N} ]/gu, (sign) => `&#${sign.codePointAt(0)};`);
}
