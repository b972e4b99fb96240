import type { MailItem } from '../../protocol/runtimeChoice.ts';
import { shortAge } from './duration.ts';
import type { Look } from './look.ts';
import { table } from './table.ts';

export function mailTable(mail: readonly MailItem[], look: Look): string {
  if (mail.length === 0) return 'No messages.';
  return table(
    [
      { title: 'ID', cells: mail.map(({ id }) => id) },
      { title: 'STATE', cells: mail.map(({ state }) => state) },
      { title: 'FOR', cells: mail.map(({ createdAt }) => shortAge(createdAt, look.now)), align: 'right', gap: 2 },
      { title: 'MESSAGE', cells: mail.map(({ text }) => text), shrink: [{ turn: 1, columns: 20 }] },
    ],
    look,
  );
}
