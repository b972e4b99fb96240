import type { JSHandle } from 'playwright-core';
import type { Tree } from '../../e2e/support/tree.ts';

/** What a row of a tree said, and since when (milliseconds since 1970, by this machine's clock). */
export interface Sighting {
  label: string;
  description: string;
  /** Class names of its icon. */
  icon: string;
  at: number;
}

/** Collects, in the page, whenever a row of the tree that is drawn says something new from now on. */
export class RowSightings {
  private readonly seen: JSHandle<Sighting[]>;

  private constructor(seen: JSHandle<Sighting[]>) {
    this.seen = seen;
  }

  static async of(tree: Tree): Promise<RowSightings> {
    // No named functions: what runs these files wraps them in a helper that the page lacks.
    const seen = await tree.pane.evaluateHandle((pane) => {
      const sightings: Sighting[] = [];
      const said = new Map</* label */ string, string>();
      new MutationObserver(() => {
        const at = Date.now();
        for (const row of pane.querySelectorAll('[role=treeitem]')) {
          const label = row.querySelector('.label-name')?.textContent ?? '';
          const description = row.querySelector('.label-description')?.textContent ?? '';
          const icon = row.querySelector('.custom-view-tree-node-item-icon')?.className ?? '';
          if (said.get(label) === `${description} ${icon}`) continue;
          said.set(label, `${description} ${icon}`);
          sightings.push({ label, description, icon, at });
        }
      }).observe(pane, { subtree: true, childList: true, characterData: true, attributes: true });
      return sightings;
    });
    return new RowSightings(seen);
  }

  all(): Promise<Sighting[]> {
    return this.seen.jsonValue();
  }
}
