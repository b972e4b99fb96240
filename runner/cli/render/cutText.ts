import type { Look } from './look.ts';

/** The text in at most `columns` columns; what is cut off shows as an ellipsis. */
export function cutText(text: string, columns: number, look: Look): string {
  if (look.measure(text) <= columns) return text;
  const ellipsis = look.unicode ? '…' : '...';
  const room = columns - ellipsis.length;
  if (room <= 0) return ellipsis.slice(0, Math.max(columns, 0));
  let kept = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const width = look.measure(segment);
    if (used + width > room) break;
    kept += segment;
    used += width;
  }
  return kept.trimEnd() + ellipsis;
}

/** The text followed (or, aligned right, preceded) by blanks up to `columns`. */
export function padText(text: string, columns: number, align: 'left' | 'right', look: Look): string {
  const blanks = ' '.repeat(Math.max(columns - look.measure(text), 0));
  return align === 'left' ? text + blanks : blanks + text;
}
