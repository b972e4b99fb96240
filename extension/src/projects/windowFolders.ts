import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';

/** The real paths of the window's folders; one that cannot be resolved stays as it is written. */
export function windowFolders(): Promise<string[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return Promise.all(folders.map(({ uri }) => realpath(uri.fsPath).catch(() => uri.fsPath)));
}
