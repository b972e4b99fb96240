import { cutText, padText } from './cutText.ts';
import type { Look } from './look.ts';
import { paint, type Style } from './paint.ts';
import { plainLine } from './plainText.ts';

export interface Column {
  title: string;
  cells: readonly string[];
  align?: 'left' | 'right';
  /** How far it may shrink, step by step; a column without steps never gives way. */
  shrink?: readonly ShrinkStep[];
  /** Left out, the lowest first, where even its smallest width leaves no room for the others. */
  droppedAs?: number;
  /** Style of the cell of a row. */
  style?: (row: number) => Style | undefined;
  /** Blanks before the next column; 1 unless given. */
  gap?: number;
}

/** Columns give way in rising order of `turn`, each down to `columns`. */
export interface ShrinkStep {
  turn: number;
  columns: number;
}

/** Lines under a heading; columns are as wide as their widest cell, and give way where the look has no room. */
export function table(columns: readonly Column[], look: Look): string {
  const safe = withRoom(
    columns.map((column) => ({ ...column, cells: column.cells.map(plainLine) })),
    look,
  );
  const widths = fit(safe, look);
  const heading = safe.map(({ title }) => title);
  const lines = [line(heading, safe, widths, look)];
  const rowCount = safe[0]?.cells.length ?? 0;
  for (let row = 0; row < rowCount; row += 1) {
    lines.push(
      line(
        safe.map(({ cells }) => cells[row] ?? ''),
        safe,
        widths,
        look,
        row,
      ),
    );
  }
  return lines.join('\n');
}

function withRoom(columns: readonly Column[], look: Look): readonly Column[] {
  if (total(fit(columns, look), columns) <= look.width) return columns;
  const turns = columns.flatMap(({ droppedAs }) => droppedAs ?? []);
  if (turns.length === 0) return columns;
  const first = Math.min(...turns);
  return withRoom(
    columns.filter(({ droppedAs }) => droppedAs !== first),
    look,
  );
}

/** Columns of a whole line. */
function total(widths: readonly number[], columns: readonly Column[]): number {
  const gaps = columns.slice(0, -1).reduce((sum, { gap }) => sum + (gap ?? 1), 0);
  return widths.reduce((sum, width) => sum + width, gaps);
}

function fit(columns: readonly Column[], look: Look): number[] {
  const widths = columns.map(({ title, cells }) => Math.max(look.measure(title), ...cells.map(look.measure)));
  const steps = columns
    .flatMap(({ shrink }, index) => (shrink ?? []).map((step) => ({ ...step, index })))
    .sort((a, b) => a.turn - b.turn);
  let excess = total(widths, columns) - look.width;
  for (const { index, columns: least } of steps) {
    if (excess <= 0) break;
    const width = widths[index] ?? 0;
    const taken = Math.min(excess, Math.max(width - least, 0));
    widths[index] = width - taken;
    excess -= taken;
  }
  return widths;
}

function line(
  cells: readonly string[],
  columns: readonly Column[],
  widths: readonly number[],
  look: Look,
  row?: number,
): string {
  const parts = columns.map((column, index) => {
    const width = widths[index] ?? 0;
    const text = cutText(cells[index] ?? '', width, look);
    const align = column.align ?? 'left';
    const padded = index === columns.length - 1 && align === 'left' ? text : padText(text, width, align, look);
    const style = row === undefined ? 'dim' : column.style?.(row);
    const painted = style === undefined ? padded : padded.replace(text, () => paint(text, style, look));
    return painted + ' '.repeat(index === columns.length - 1 ? 0 : (column.gap ?? 1));
  });
  return parts.join('').trimEnd();
}
