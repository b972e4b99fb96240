import type { BenchResult } from './benchCase.ts';

export function isWithin({ value, limit }: BenchResult): boolean {
  return value <= limit;
}

/** The results as a Markdown table, so that it can go into docs/performance.md as it is. */
export function benchTable(results: readonly BenchResult[]): string {
  const head = ['what', 'against', 'at most', 'measured', '', 'medians'];
  const rows = results.map((result) => [
    result.what,
    result.against,
    result.limitText,
    result.valueText,
    isWithin(result) ? 'ok' : 'MISSED',
    result.detail,
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
