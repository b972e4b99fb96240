import * as vscode from 'vscode';
import { fileUri } from './fileDecorations.ts';
import type { RowIcon } from './row.ts';
import { rowId, type TreeNode } from './treeNode.ts';

/**
 * A row as VS Code draws it. Its tooltip is made when somebody hovers.
 *
 * @param openRow runs the command of the selected row. It takes no arguments: VS Code forgets a command with arguments
 *   as soon as its row is drawn anew, and a click on a row that is just changing would be lost (1.139).
 */
export function toTreeItem(node: TreeNode, openRow: string): vscode.TreeItem {
  const { row, element, command } = node;
  const item = new vscode.TreeItem(row.label, collapsibleState(node));
  item.id = rowId(element);
  item.description = row.description;
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.spoken };
  if (element.kind === 'file') item.resourceUri = fileUri(element.file);
  const icon = element.kind === 'file' ? vscode.ThemeIcon.File : iconOf(row.icon);
  if (icon !== undefined) item.iconPath = icon;
  if (command !== undefined) item.command = { command: openRow, title: command.title };
  return item;
}

function iconOf(icon: RowIcon | undefined): vscode.ThemeIcon | undefined {
  if (icon === undefined) return undefined;
  return new vscode.ThemeIcon(icon.id, icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color));
}

function collapsibleState({ children, isCollapsed }: TreeNode): vscode.TreeItemCollapsibleState {
  if (children === undefined) return vscode.TreeItemCollapsibleState.None;
  return isCollapsed === true ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded;
}
