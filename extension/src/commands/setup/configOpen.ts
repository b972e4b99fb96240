import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Command } from '../command.ts';

export const configOpen: Command = {
  id: 'panopticon.config.open',
  always: true,
  async run({ home }) {
    const file = vscode.Uri.file(path.join(home(), 'config.toml'));
    // One that is not there yet opens as a new file, which is made when it is saved.
    await vscode.window.showTextDocument(existsSync(file.fsPath) ? file : file.with({ scheme: 'untitled' }));
  },
};
