import * as vscode from 'vscode';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { flash } from '../notify.ts';
import { meantIssue } from './chooseIssue.ts';

export const issueCopyUrl: Command = {
  id: 'panopticon.issue.copyUrl',
  async run(app, ...given) {
    const issueId = await meantIssue(app, given, { title: 'Copy the URL of Which Issue?', acts: ['openIssue'] });
    if (issueId === undefined) return;
    await concerning({ issueId }, async () => {
      const { issues } = await app.runner.get();
      const { url } = await issues.show({ id: issueId });
      await vscode.env.clipboard.writeText(url);
      flash(`Copied the URL of ${issueId}.`);
    });
  },
};
