/** What stands in the message field at the bottom of the screen. */
export interface Composer {
  /** What of it is on the screen, without the marks around it. A hint in grey looks the same. */
  text: string;
  /** Lines of it on the screen, and above. */
  lines: number;
  hidden: number;
}

/** Its mode, below the message field: `⏵⏵ auto mode on (shift+tab to cycle)`, `⏸ manual mode on`. */
const footer = /^ {2}(?:⏵⏵|⏸) .* on\b/;
/** A limit adds two lines to the footer. */
const footerLines = 5;
const rule = /^─{20,}/;
/** Above a field that does not fit: `─── ↑ 13 more ────`. */
const cutRule = /^─── ↑ (\d+) more ─/;

/**
 * The message field of Claude Code 2.1.330, or undefined where it does not certainly stand on the screen. Its dialogs,
 * its menus and its shell mode take the place of the field or of the footer.
 */
export function readComposer(screen: string): Composer | undefined {
  const lines = screen.split('\n').map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  const end = lines.findLastIndex((line) => rule.test(line));
  const below = lines.slice(end + 1);
  if (end < 1 || below.length > footerLines || !below.some((line) => footer.test(line))) return undefined;
  const begin = lines.slice(0, end).findLastIndex((line) => rule.test(line) || cutRule.test(line));
  const field = lines.slice(begin + 1, end);
  const hidden = cutRule.exec(lines[begin] ?? '')?.[1];
  if (begin < 0 || field.length === 0) return undefined;
  if (hidden === undefined && !/^❯(?:\s|$)/.test(field[0] ?? '')) return undefined;
  const text = field.map((line) => line.replace(/^[❯ ][\s\u00a0]?/, '')).join('\n');
  return { text, lines: field.length, hidden: Number(hidden ?? 0) };
}
