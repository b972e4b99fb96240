import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { askKept, forgetKept } from '../keptText.ts';
import { say } from '../notify.ts';
import { createIssue } from './createIssue.ts';

export const issueCreate: Command = {
  id: 'panopticon.issue.create',
  async run(app) {
    const title = await askKept(app, 'issue', {
      title: 'Create Issue',
      prompt: 'The title; the text can follow in an editor.',
      placeholder: 'Rate-limit the login',
      refusal: 'Write a title.',
    });
    if (title === undefined) return;
    const issue = await createIssue(app, title);
    if (issue === undefined) return;
    await forgetKept(app, 'issue');
    const run = (command: string) => () => vscode.commands.executeCommand(command, { issueId: issue.id });
    say('info', `${issue.id} created.`, {
      'Start Agent': run('panopticon.agent.start'),
      Open: run('panopticon.issue.open'),
    });
    await app.views.revealIssue(issue.id, { focus: false });
  },
};
