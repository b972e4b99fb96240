import { rowId, type TreeNode } from './treeNode.ts';

/** What of a row was clicked. */
export type Aim = 'icon' | 'menu';

/**
 * How long a row has to have said the same before what was clicked meant that, in milliseconds. `icon`: VS Code is told
 * of rows up to 205 ms late (PacedChanges) and draws them up to 200 ms later (it gathers changes); a hand takes about as
 * long again to stop. `menu`: VS Code does not say since when its context menu is open; it is not held open for longer.
 */
const settleMs: Record<Aim, number> = { icon: 800, menu: 60_000 };

/**
 * Knows since when each line of a tree means what it means: a click that comes sooner was aimed at what stood there
 * before, be it another row or another request of the same one.
 */
export class SettledRows {
  private lines: readonly string[] = [];
  private since: ReadonlyMap</* row id */ string, number> = new Map();

  /** These are the rows from now on; `now` is of a clock that only goes forward. */
  show(roots: readonly TreeNode[], now: number): void {
    const nodes = linesOf(roots);
    const lines = nodes.map(meaningOf);
    const since = nodes.map((node, place): [string, number] => {
      const id = rowId(node.element);
      const before = lines[place] === this.lines[place] ? this.since.get(id) : undefined;
      return [id, before ?? now];
    });
    this.lines = lines;
    this.since = new Map(since);
  }

  /** Whether a person who clicks this of the row now can have seen what it says. */
  has(id: string, aim: Aim, now: number): boolean {
    const since = this.since.get(id);
    return since !== undefined && now - since >= settleMs[aim];
  }
}

/** From top to bottom, as when all are expanded. */
function linesOf(nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.flatMap((node) => [node, ...(Array.isArray(node.children) ? linesOf(node.children) : [])]);
}

/** What a click on the line would act on, and which acts it has. */
function meaningOf({ element, row }: TreeNode): string {
  const ask = element.kind === 'agent' ? element.agent.ask : null;
  return [rowId(element), row.contextValue, ask?.requestId, ask?.oneLine].join(' ');
}
