import * as vscode from 'vscode';
import { UserError } from '../../../../runner/protocol/errors.ts';
import type { IssueId } from '../../../../runner/protocol/issueId.ts';
import type { DestroyResult } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { meantBy } from '../meant.ts';
import { say } from '../notify.ts';
import { plainMessage } from '../plainText.ts';
import { killedText } from '../resultTexts.ts';
import { meantWorkspace } from './chooseWorkspace.ts';

const killFirst = 'Kill and Destroy';
const rescueAndDestroy = 'Rescue and Destroy';
const showChanges = 'Show Changes';

/** Asks only where an agent runs, or work would exist nowhere else; that is kept, and Undo brings it back. */
export const workspaceDestroy: Command = {
  id: 'panopticon.workspace.destroy',
  async run(app, ...given) {
    if (isKeyOnFile(app, given)) throw notTheFile();
    const workspace = await meantWorkspace(app, given, 'Destroy Which Workspace?');
    if (workspace === undefined) return;
    const { issueId } = workspace;
    await concerning({ issueId }, async () => {
      const result = await destroyOrAsk(app, issueId);
      if (result !== undefined) sayDestroyed(result);
    });
  },
};

/** The key was pressed on the row of a changed file: who means that does not mean the workspace. */
function isKeyOnFile({ views }: App, given: readonly unknown[]): boolean {
  const { view } = meantBy(given);
  return view !== undefined && views.selected(view).some(({ kind }) => kind === 'file');
}

function notTheFile(): UserError {
  return new UserError({ code: 'nothingToDo', message: 'To destroy a workspace, select its own row.' });
}

/** Undefined when the person would rather not. */
async function destroyOrAsk(app: App, issueId: IssueId): Promise<DestroyResult | undefined> {
  try {
    return await destroy(app, issueId, false);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.code === 'workspaceHasAgent') return killAndDestroy(app, issueId);
    if (error.code !== 'workspaceHasWork') throw error;
    const detail = `${sentenceOf(error)} All of it is kept as a rescue that you can restore.`;
    const answer = await vscode.window.showWarningMessage(
      `Destroy the workspace of ${issueId}?`,
      { modal: true, detail },
      rescueAndDestroy,
      showChanges,
    );
    if (answer === showChanges) await vscode.commands.executeCommand('panopticon.agent.diff', { issueId });
    return answer === rescueAndDestroy ? destroy(app, issueId, true) : undefined;
  }
}

/** The same of a workspace in which an agent runs. */
async function killAndDestroy(app: App, issueId: IssueId): Promise<DestroyResult | undefined> {
  const answer = await vscode.window.showWarningMessage(
    `${issueId} is running. Kill it and destroy its workspace?`,
    { modal: true, detail: 'Its branch and its conversation are kept.' },
    killFirst,
  );
  if (answer !== killFirst) return undefined;
  const { agents } = await app.runner.get();
  const killed = await app.views.withProgress('agents', () => agents.kill({ id: issueId }));
  await app.fleet.refresh([killed.id]);
  const result = await destroyOrAsk(app, issueId);
  const resume = () => vscode.commands.executeCommand('panopticon.agent.resume', { issueId });
  if (result === undefined) say('info', killedText([killed]), killed.sessionId === null ? {} : { Resume: resume });
  return result;
}

async function destroy(app: App, issueId: IssueId, force: boolean): Promise<DestroyResult> {
  const { workspaces } = await app.runner.get();
  return app.views.withProgress('workspaces', () => workspaces.destroy({ id: issueId, force }));
}

/** The runner's sentence has a line break before the list of what there is. */
function sentenceOf({ message }: UserError): string {
  return plainMessage(message.replaceAll('\n', ' '));
}

function sayDestroyed({ issueId, rescueRef }: DestroyResult): void {
  if (rescueRef === null)
    say('info', `Destroyed the workspace of ${issueId}. Its branch is kept.`, {
      'Create Again': () => vscode.commands.executeCommand('panopticon.workspace.create', { issueId }),
    });
  else
    say('info', `Destroyed the workspace of ${issueId}. Branch and rescue are kept.`, {
      Undo: () => vscode.commands.executeCommand('panopticon.workspace.restore', { issueId, rescue: rescueRef }),
    });
}
