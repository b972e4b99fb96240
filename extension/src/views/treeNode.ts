import type { Element } from './elements.ts';
import type { Row } from './row.ts';

/** A row with what it stands for and what is below it: a tree as plain data. */
export interface TreeNode {
  row: Row;
  element: Element;
  /** Missing: a leaf. `unloaded`: fetched when it is expanded. */
  children?: TreeNode[] | 'unloaded';
  isCollapsed?: boolean;
  /** Run with the element when the row is clicked or entered. */
  command?: RowCommand;
}

export interface RowCommand {
  id: string;
  title: string;
}

/** Stable over refreshes and independent of the parent, so that selection and expansion follow a row. */
export function rowId(element: Element): string {
  switch (element.kind) {
    case 'agent':
      return element.agentId;
    case 'issue':
      return `issue-${element.issueId}`;
    case 'workspace':
      return `workspace-${element.issueId.toLowerCase()}`;
    case 'file':
      return `file ${element.issueId} ${element.file.path}`;
    case 'group':
    case 'note':
      return `${element.kind} ${element.key}`;
  }
}

/** A row that says something, and what a click on it does. */
export function noteNode(
  key: string,
  row: Pick<Row, 'label' | 'description' | 'icon'>,
  command?: RowCommand,
): TreeNode {
  const spoken = row.description === '' ? row.label : `${row.label}, ${row.description}`;
  return {
    row: { ...row, contextValue: 'note', spoken },
    element: { kind: 'note', key, text: row.label },
    ...(command === undefined ? {} : { command }),
  };
}

export const loadMore: RowCommand = { id: 'panopticon.tree.loadMore', title: 'Load More' };
