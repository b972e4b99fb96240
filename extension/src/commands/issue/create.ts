import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { say } from '../notify.ts';
import { createIssue } from './createIssue.ts';

export const issueCreate: Command = {
  id: 'panopticon.issue.create',
  async run(app) {
    const title = await vscode.window.showInputBox({
      title: 'Create Issue',
      prompt: 'The title; the text can follow in an editor.',
      placeHolder: 'Rate-limit the login',
      ignoreFocusOut: true,
    });
    if (title === undefined || title.trim() === '') return;
    const issue = await createIssue(app, title.trim());
    if (issue === undefined) return;
    const run = (command: string) => () => vscode.commands.executeCommand(command, { issueId: issue.id });
    say('info', `${issue.id} created.`, {
      'Start Agent': run('panopticon.agent.start'),
      Open: run('panopticon.issue.open'),
    });
    await app.views.revealIssue(issue.id, { focus: false });
  },
};
