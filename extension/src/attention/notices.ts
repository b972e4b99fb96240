import * as vscode from 'vscode';
import type { Notice } from '../../../runner/protocol/attention.ts';
import { UserError } from '../../../runner/protocol/errors.ts';
import { parseIssueId } from '../../../runner/protocol/issueId.ts';
import type { App } from '../app.ts';
import { answerShown, staleCodes } from '../commands/answer/giveAnswer.ts';
import { plainMessage } from '../commands/plainText.ts';
import { type NoticeAct, noticeLook } from './noticeButtons.ts';

/** Shows what the runner chose this window for, and does what its buttons say. */
export function showNotices(app: App): vscode.Disposable {
  return app.runner.onPresent((notice) => {
    show(app, notice).catch((error: unknown) => {
      app.log.error(error instanceof Error ? error : String(error));
      return vscode.window.showErrorMessage('This is a bug in Panopticon. Its log has the details.');
    });
  });
}

async function show(app: App, notice: Notice): Promise<void> {
  const { severity, buttons } = noticeLook(notice, app.settings.allowFrom());
  const { showErrorMessage, showInformationMessage, showWarningMessage } = vscode.window;
  const tell = { info: showInformationMessage, warning: showWarningMessage, error: showErrorMessage }[severity];
  const chosen = await tell(plainMessage(notice.text), ...buttons.map(({ title }) => title));
  const button = buttons.find(({ title }) => title === chosen);
  if (button !== undefined) await act(app, button.act);
}

async function act(app: App, given: NoticeAct): Promise<void> {
  if (given.kind === 'command') await vscode.commands.executeCommand(given.command, given.about);
  else await answer(app, given);
}

/** A button that has outlived its request says so and does nothing. */
async function answer(app: App, { agentId, requestId, answer, texts }: NoticeAct & { kind: 'answer' }): Promise<void> {
  const issueId = parseIssueId(agentId);
  if (issueId === undefined) return;
  try {
    await answerShown(app, { issueId, requestId }, answer, texts);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const isStale = staleCodes.has(error.code);
    const hint = isStale || error.hint === undefined ? '' : ` ${error.hint}`;
    const tell = isStale ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
    const chosen = await tell(plainMessage(`${error.message}${hint}`), 'Open');
    if (chosen !== undefined) await vscode.commands.executeCommand('panopticon.agent.open', { agentId });
  }
}
