/**
 * One word for a POSIX shell that stands for exactly `text`: between single quotes nothing is special but the quote.
 *
 * @throws Error when the text holds a NUL, which no argument can carry.
 */
export function quoteForSh(text: string): string {
  if (text.includes('\0')) throw new Error('a NUL character cannot be passed to a program');
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
