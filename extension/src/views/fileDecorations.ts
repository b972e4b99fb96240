import * as vscode from 'vscode';
import type { ChangedFile, FileStatus } from '../../../runner/protocol/workspaceModels.ts';
import { fileMarks } from './fileMarks.ts';

/** Of changed files in our trees: names them for icon themes without being the file, which others decorate, too. */
const scheme = 'panopticon-file';

export function fileUri({ path, status }: ChangedFile): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${path}`, query: status });
}

/** The letter and the colour of what happened to a file, as VS Code's own source control shows them. */
export class FileDecorations implements vscode.FileDecorationProvider {
  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== scheme || !isFileStatus(uri.query)) return undefined;
    const { letter, word, color } = fileMarks[uri.query];
    return new vscode.FileDecoration(letter, word, new vscode.ThemeColor(`gitDecoration.${color}ResourceForeground`));
  }
}

function isFileStatus(text: string): text is FileStatus {
  return Object.hasOwn(fileMarks, text);
}
