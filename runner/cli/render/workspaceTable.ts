import type { Workspace } from '../../protocol/models.ts';
import type { Look } from './look.ts';
import { table } from './table.ts';

export function workspaceTable(workspaces: readonly Workspace[], look: Look): string {
  if (workspaces.length === 0) return 'No workspaces. Create one: pan workspace create <id>';
  return table(
    [
      { title: 'ID', cells: workspaces.map(({ issueId }) => issueId) },
      {
        title: 'STATE',
        cells: workspaces.map(({ state }) => state),
        style: (row) => (workspaces[row]?.state === 'ok' ? 'dim' : 'yellow'),
      },
      { title: 'AHEAD', cells: workspaces.map(({ ahead }) => String(ahead)), align: 'right' },
      { title: 'BEHIND', cells: workspaces.map(({ behind }) => String(behind)), align: 'right' },
      { title: 'CHANGED', cells: workspaces.map(({ changedFiles }) => String(changedFiles)), align: 'right' },
      { title: 'AGENT', cells: workspaces.map(({ agent }) => agent ?? '-') },
      {
        title: 'BRANCH',
        cells: workspaces.map(({ branch }) => branch),
        shrink: [{ turn: 2, columns: 16 }],
        droppedAs: 1,
      },
      {
        title: 'PROJECT',
        cells: workspaces.map(({ project }) => project),
        shrink: [{ turn: 1, columns: 8 }],
        droppedAs: 2,
      },
    ],
    look,
  );
}
