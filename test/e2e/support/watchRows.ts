import type { Tree } from './tree.ts';

export interface RowWatch {
  /** Which of these labels were not drawn at some moment since the watch began. */
  missing(labels: readonly string[]): Promise<string[]>;
}

/** Looks at the rows after every change of the page, from now on. */
export async function watchRows(tree: Tree): Promise<RowWatch> {
  const moments = await tree.pane.evaluateHandle((pane) => {
    const seen: string[][] = [];
    new MutationObserver(() => {
      const rows = [...pane.querySelectorAll('[role=treeitem]')];
      seen.push(
        rows.map((row) => {
          const label = row.querySelector('.label-name')?.textContent ?? '';
          return row.getAttribute('aria-expanded') === 'false' ? `${label} (folded)` : label;
        }),
      );
    }).observe(pane, { subtree: true, childList: true, characterData: true });
    return seen;
  });
  return {
    missing: async (labels) => {
      const seen = await moments.jsonValue();
      return labels.filter((label) => seen.some((moment) => !moment.includes(label)));
    },
  };
}
