import * as vscode from 'vscode';
import type { Element } from '../../views/elements.ts';
import type { Command } from '../command.ts';

/** A changed file shows its change, an issue's file that cannot be read opens as text. */
export const treeOpenFile: Command = {
  id: 'panopticon.tree.openFile',
  run: async ({ documents }, row) => {
    if (!isRow(row)) return;
    if (row.kind === 'file') await documents.openFileChange(row.issueId, row.file.path);
    if (row.kind === 'note') await vscode.window.showTextDocument(vscode.Uri.file(row.text));
  },
};

function isRow(row: unknown): row is Element {
  return typeof row === 'object' && row !== null && 'kind' in row && (row.kind === 'file' || row.kind === 'note');
}
