import type { Command } from '../command.ts';

export const issueRefresh: Command = { id: 'panopticon.issue.refresh', run: ({ views }) => views.refresh() };
