import { rowId, type TreeNode } from './treeNode.ts';

/**
 * What has to be drawn again when a tree becomes another one: `all` when its uppermost rows are others, else the ids of
 * rows: one whose children are others stands for everything below it. Also `all` when a row moved from one to another:
 * VS Code lets the selection follow only within one refresh, and refuses a row that it still knows elsewhere.
 */
export function treeDiff(before: readonly TreeNode[], after: readonly TreeNode[]): 'all' | string[] {
  if (!sameIds(before, after)) return 'all';
  const parents = parentsOf(before);
  for (const [id, parent] of parentsOf(after)) if ((parents.get(id) ?? parent) !== parent) return 'all';
  return changedRows(before, after);
}

function parentsOf(
  nodes: readonly TreeNode[],
  parent = '',
  parents = new Map</* row id */ string, string>(),
): ReadonlyMap<string, string> {
  for (const { element, children } of nodes) {
    const id = rowId(element);
    parents.set(id, parent);
    if (Array.isArray(children)) parentsOf(children, id, parents);
  }
  return parents;
}

function changedRows(before: readonly TreeNode[], after: readonly TreeNode[]): string[] {
  return after.flatMap((node, index) => {
    const old = before[index];
    if (old === undefined || !sameChildren(old, node) || !sameRow(old, node)) {
      const below = old === undefined || !sameChildren(old, node) ? [] : changedBelow(old, node);
      return [rowId(node.element), ...below];
    }
    return changedBelow(old, node);
  });
}

function changedBelow(old: TreeNode, node: TreeNode): string[] {
  return Array.isArray(old.children) && Array.isArray(node.children) ? changedRows(old.children, node.children) : [];
}

function sameChildren(a: TreeNode, b: TreeNode): boolean {
  if (!Array.isArray(a.children) || !Array.isArray(b.children)) return a.children === b.children;
  return sameIds(a.children, b.children);
}

function sameIds(a: readonly TreeNode[], b: readonly TreeNode[]): boolean {
  return a.length === b.length && a.every((node, index) => sameId(node, b[index]));
}

function sameId(a: TreeNode, b: TreeNode | undefined): boolean {
  return b !== undefined && rowId(a.element) === rowId(b.element);
}

function sameRow(a: TreeNode, b: TreeNode): boolean {
  return JSON.stringify([a.row, a.command]) === JSON.stringify([b.row, b.command]);
}
