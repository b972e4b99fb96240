import type { Element } from '../../views/elements.ts';
import type { Command } from '../command.ts';

/** A row at the end of others was clicked. */
export const treeLoadMore: Command = {
  id: 'panopticon.tree.loadMore',
  run: async ({ views }, row) => {
    if (isNote(row)) await views.loadMore(row.key);
  },
};

function isNote(row: unknown): row is Element & { kind: 'note' } {
  return typeof row === 'object' && row !== null && 'kind' in row && row.kind === 'note' && 'key' in row;
}
