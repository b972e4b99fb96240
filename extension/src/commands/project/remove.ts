import * as vscode from 'vscode';
import type { ProjectAddParams } from '../../../../runner/protocol/requests.ts';
import type { Command } from '../command.ts';
import { say } from '../notify.ts';
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
    const { name, path, prefix } = await runner.projects.remove({ name: chosen.label });
    const again: ProjectAddParams = { path, name, prefix };
    say('info', `${name} removed. Its files, issues, branches and workspaces are kept.`, {
      Undo: () => vscode.commands.executeCommand('panopticon.project.add', again),
    });
  },
};
