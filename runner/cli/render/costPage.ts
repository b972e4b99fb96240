import type { CostLine, CostReport } from '../../protocol/cost.ts';
import { dollarText, shortTokens } from './amounts.ts';
import type { Look } from './look.ts';
import { plainLine } from './plainText.ts';
import { type Column, table } from './table.ts';

/** `pan cost`: tokens first, dollars second, by agent, model and day. */
export function costPage(report: CostReport, since: string | undefined, look: Look): string {
  const period = since === undefined ? '' : ` since ${plainLine(since)}`;
  if (report.total.totalTokens === 0) return `No tokens were used${period}.`;
  const { total, byAgent, byModel, byDay } = report;
  return [
    `${shortTokens(total.totalTokens)} tokens${period} (${dollarText(total.dollars)})`,
    '',
    table(
      [
        { title: 'AGENT', cells: byAgent.map(({ issueId }) => issueId) },
        { title: 'TITLE', cells: byAgent.map(({ title }) => title), shrink: [{ turn: 1, columns: 8 }], droppedAs: 4 },
        ...amounts(byAgent),
      ],
      look,
    ),
    '',
    table([{ title: 'MODEL', cells: byModel.map(({ model }) => model) }, ...amounts(byModel)], look),
    '',
    table([{ title: 'DAY', cells: byDay.map(({ day }) => day) }, ...amounts(byDay)], look),
    '',
    ...notes(report),
  ].join('\n');
}

/** What a cache held is cheap, and most of what there is: it has a column of its own. */
function amounts(lines: readonly CostLine[]): Column[] {
  const count = (title: string, of: (line: CostLine) => number, droppedAs?: number): Column => ({
    title,
    cells: lines.map((line) => shortTokens(of(line))),
    align: 'right',
    ...(droppedAs === undefined ? {} : { droppedAs }),
  });
  return [
    count('TOKENS', ({ totalTokens }) => totalTokens),
    count('INPUT', ({ tokens }) => tokens.input, 3),
    count('OUTPUT', ({ tokens }) => tokens.output, 2),
    count(
      'CACHED',
      ({ tokens: { cacheRead, cacheWrite, cacheWriteLong } }) => cacheRead + cacheWrite + cacheWriteLong,
      1,
    ),
    { title: 'COST', cells: lines.map(({ dollars }) => dollarText(dollars)), align: 'right' },
  ];
}

function notes({ pricesOf, unpriced }: CostReport): string[] {
  const known = `Dollars are list prices of ${plainLine(pricesOf)}; a subscription costs what it costs.`;
  if (unpriced.length === 0) return [known];
  return [known, `No price is known for ${unpriced.map(plainLine).join(', ')}.`];
}
