import { cutText } from './cutText.ts';
import type { Look } from './look.ts';

/** Lines of at most `columns` columns, broken between words where they can be; a longer word is broken inside. */
export function wrapText(text: string, columns: number, look: Look): string[] {
  return text.split('\n').flatMap((line) => (look.measure(line) <= columns ? [line] : wrapLine(line, columns, look)));
}

function wrapLine(line: string, columns: number, look: Look): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<=\s)(?=\S)/)) {
    if (look.measure((current + word).trimEnd()) <= columns) {
      current += word;
      continue;
    }
    if (current.trim() !== '') lines.push(current.trimEnd());
    const pieces = breakWord(word, columns, look);
    lines.push(...pieces.slice(0, -1));
    current = pieces.at(-1) ?? '';
  }
  return [...lines, current.trimEnd()];
}

function breakWord(word: string, columns: number, look: Look): string[] {
  const pieces: string[] = [];
  let rest = word;
  const whole = { ...look, unicode: true };
  while (look.measure(rest.trimEnd()) > columns) {
    // One column more, for the ellipsis that is taken off again.
    const piece = cutText(rest, columns + 1, whole).slice(0, -1) || rest.slice(0, 1);
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest];
}
