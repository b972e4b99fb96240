import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { defaultConfig } from '../../../../runner/protocol/defaultConfig.ts';
import type { Command } from '../command.ts';

export const configOpen: Command = {
  id: 'panopticon.config.open',
  always: true,
  async run({ home }) {
    const file = vscode.Uri.file(path.join(home(), 'config.toml'));
    if (existsSync(file.fsPath)) await vscode.window.showTextDocument(file);
    else await openNew(file);
  },
};

/** One that is not there yet is made when it is saved. It says what can be set, as the one of `pan init` does. */
async function openNew(file: vscode.Uri): Promise<void> {
  const editor = await vscode.window.showTextDocument(file.with({ scheme: 'untitled' }));
  if (editor.document.getText() !== '') return;
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), defaultConfig));
}
