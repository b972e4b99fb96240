import type { HookItem } from '../../protocol/models.ts';
import { shortAge } from './duration.ts';
import type { Look } from './look.ts';
import { table } from './table.ts';

export function hookTable(items: readonly HookItem[], look: Look): string {
  if (items.length === 0) return 'The hook is empty.';
  return table(
    [
      { title: 'STATE', cells: items.map(({ state }) => state) },
      { title: 'PRIORITY', cells: items.map(({ priority }) => priority) },
      { title: 'TYPE', cells: items.map(({ type }) => type), shrink: [{ turn: 2, columns: 8 }] },
      { title: 'FROM', cells: items.map(({ source }) => source), shrink: [{ turn: 2, columns: 8 }] },
      { title: 'FOR', cells: items.map(({ since }) => shortAge(since, look.now)), align: 'right', gap: 2 },
      { title: 'WORK', cells: items.map(({ text }) => text), shrink: [{ turn: 1, columns: 20 }] },
    ],
    look,
  );
}
