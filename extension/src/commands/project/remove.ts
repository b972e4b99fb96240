import * as vscode from 'vscode';
import type { Project } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import type { Command } from '../command.ts';
import { plainLabel } from '../plainText.ts';

export const projectRemove: Command = {
  id: 'panopticon.project.remove',
  async run(app) {
    const runner = await app.runner.get();
    const items = (await runner.projects.list()).map(({ name, path }) => ({
      label: name,
      description: plainLabel(path),
    }));
    const chosen = await vscode.window.showQuickPick(items, {
      title: 'Remove Project',
      placeHolder: 'Its files, issues, branches and workspaces are kept.',
    });
    if (chosen === undefined) return;
    const removed = await runner.projects.remove({ name: chosen.label });
    // Not waited for: a notification stays until somebody closes it.
    void offerUndo(app, removed).catch((error: unknown) => app.log.error(String(error)));
  },
};

async function offerUndo({ runner }: App, { name, path, prefix }: Project): Promise<void> {
  const text = `${name} removed. Its files, issues, branches and workspaces are kept.`;
  if ((await vscode.window.showInformationMessage(text, 'Undo')) !== 'Undo') return;
  await (await runner.get()).projects.add({ path, name, prefix });
}
