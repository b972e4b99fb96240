import * as vscode from 'vscode';
import { UserError } from '../../../../runner/protocol/errors.ts';
import type { IssueDetails } from '../../../../runner/protocol/models.ts';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { meantIssue } from './chooseIssue.ts';

/** Issues of the local tracker are files: whoever edits one edits the issue. */
export const issueEdit: Command = {
  id: 'panopticon.issue.edit',
  async run(app, ...given) {
    const issueId = await meantIssue(app, given, { title: 'Edit Which Issue?', acts: ['openIssue'] });
    if (issueId === undefined) return;
    await concerning({ issueId }, async () => {
      const { issues } = await app.runner.get();
      await vscode.window.showTextDocument(fileOf(await issues.show({ id: issueId })));
    });
  },
};

function fileOf({ id, tracker, url }: IssueDetails): vscode.Uri {
  const uri = vscode.Uri.parse(url, true);
  if (tracker === 'local' && uri.scheme === 'file') return uri;
  throw new UserError({
    code: 'notAFile',
    message: `${id} is no file: ${tracker} keeps it.`,
    hint: 'Edit it there.',
  });
}
