import type { IssueListResult } from '../../protocol/requests.ts';
import type { Look } from './look.ts';
import { paint } from './paint.ts';
import { plainLine } from './plainText.ts';
import { table } from './table.ts';

/** `pan issue list`: the issues, then the files that cannot be read as issues. */
export function issueTable({ issues, broken }: IssueListResult, look: Look): string {
  const list =
    issues.length === 0
      ? 'No open issues. Create one: pan issue create <title>'
      : table(
          [
            { title: 'ID', cells: issues.map(({ id }) => id) },
            {
              title: 'TITLE',
              cells: issues.map(({ title }) => title),
              shrink: [
                { turn: 1, columns: 22 },
                { turn: 3, columns: 8 },
              ],
            },
            { title: 'STATE', cells: issues.map(({ state }) => state) },
            { title: 'PRIORITY', cells: issues.map(({ priority }) => priority) },
            { title: 'PROJECT', cells: issues.map(({ project }) => project) },
            {
              title: 'LABELS',
              cells: issues.map(({ labels }) => labels.join(', ')),
              shrink: [{ turn: 2, columns: 8 }],
            },
          ],
          look,
        );
  const notes = broken.map(
    ({ id, path, reason }) =>
      `${paint('!', 'yellow', look)} ${id} cannot be read: ${plainLine(reason)} (${plainLine(path)})`,
  );
  return [list, ...notes].join('\n');
}
