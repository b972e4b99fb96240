import * as vscode from 'vscode';
import type { IssueId } from '../../../runner/protocol/issueId.ts';
import type { ChangedFile, WorkspaceChanges } from '../../../runner/protocol/workspaceModels.ts';
import type { Documents } from '../app.ts';
import { plainLine, plainMessage } from '../commands/plainText.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { RunnerConnection } from '../runner/runnerConnection.ts';
import type { Settings } from '../settings.ts';
import { baseFileUri } from './baseFiles.ts';
import { changeSides } from './changeSides.ts';

export interface ChangesDeps {
  runner: Pick<RunnerConnection, 'get'>;
  fleet: Pick<Fleet, 'all'>;
  settings: Pick<Settings, 'diffBase'>;
}

/** What a workspace changed, in VS Code's own diff editors: the base on the left, the file itself on the right. */
export class Changes implements Pick<Documents, 'openChanges' | 'openFileChange'> {
  private readonly deps: ChangesDeps;

  constructor(deps: ChangesDeps) {
    this.deps = deps;
  }

  async openChanges({ issueId, title }: { issueId: IssueId; title: string }): Promise<boolean> {
    const changes = await this.read(issueId);
    if (changes.files.length === 0) return false;
    const resources = changes.files.map((file) => {
      const { before, after } = sidesOf(changes, file);
      return [fileOf(changes, file.path), before, after];
    });
    await vscode.commands.executeCommand(
      'vscode.changes',
      `${plainLine(title)} ↔ ${plainLine(changes.base.name)}`,
      resources,
    );
    return true;
  }

  async openFileChange(issueId: IssueId, path: string): Promise<void> {
    const changes = await this.read(issueId);
    const file = changes.files.find((each) => each.path === path);
    if (file === undefined) {
      void vscode.window.showInformationMessage(plainMessage(`${issueId} does not change ${path} any more.`));
      return;
    }
    const { before, after } = sidesOf(changes, file);
    const title = `${this.nameOf(issueId)} ↔ ${plainLine(changes.base.name)}: ${plainLine(path)}`;
    // A diff editor needs both sides; one that does not exist is shown as what the other one is.
    const only = before === undefined ? after : before;
    if (before !== undefined && after !== undefined)
      await vscode.commands.executeCommand('vscode.diff', before, after, title);
    else if (only !== undefined) await vscode.commands.executeCommand('vscode.open', only, {}, title);
  }

  private async read(issueId: IssueId): Promise<WorkspaceChanges> {
    const runner = await this.deps.runner.get();
    return runner.workspaces.changes({ id: issueId, against: this.deps.settings.diffBase() });
  }

  /** `MIN-142 · claude` */
  private nameOf(issueId: IssueId): string {
    const agent = this.deps.fleet.all().find((each) => each.issueId === issueId);
    return agent === undefined ? issueId : `${issueId} · ${plainLine(agent.runtime)}`;
  }
}

function sidesOf(changes: WorkspaceChanges, file: ChangedFile): { before?: vscode.Uri; after?: vscode.Uri } {
  const { before, after } = changeSides(changes.issueId, changes.base, file);
  return {
    ...(before === undefined ? {} : { before: baseFileUri(before, fileOf(changes, before.path)) }),
    ...(after === undefined ? {} : { after: fileOf(changes, after) }),
  };
}

function fileOf({ path }: WorkspaceChanges, relative: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.file(path), ...relative.split('/'));
}
