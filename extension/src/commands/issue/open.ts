import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { meantIssue } from './chooseIssue.ts';

export const issueOpen: Command = {
  id: 'panopticon.issue.open',
  async run(app, ...given) {
    const issueId = await meantIssue(app, given, { title: 'Open Which Issue?', acts: ['start'] });
    if (issueId !== undefined) await concerning({ issueId }, () => app.documents.openIssue(issueId));
  },
};
