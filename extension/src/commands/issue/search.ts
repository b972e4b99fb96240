import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { chooseIssue } from './chooseIssue.ts';

export const issueSearch: Command = {
  id: 'panopticon.issue.search',
  async run(app) {
    const issue = await chooseIssue(app, { title: 'Search Issues', acts: ['start'] });
    if (issue === undefined) return;
    await concerning({ issueId: issue.id }, () => app.documents.openIssue(issue.id));
  },
};
