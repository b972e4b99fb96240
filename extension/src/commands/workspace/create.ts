import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { meantIssue } from '../issue/chooseIssue.ts';
import { lateProgress } from '../lateProgress.ts';
import { flash } from '../notify.ts';

export const workspaceCreate: Command = {
  id: 'panopticon.workspace.create',
  async run(app, ...given) {
    const issueId = await meantIssue(app, given, {
      title: 'Create a Workspace for Which Issue?',
      creates: true,
      acts: ['openIssue'],
    });
    if (issueId === undefined) return;
    await concerning({ issueId }, async () => {
      const { workspaces } = await app.runner.get();
      const workspace = await app.views.withProgress('workspaces', () =>
        lateProgress(`Creating the workspace of ${issueId}`, () => workspaces.create({ id: issueId })),
      );
      flash(`${workspace.branch} is ready`);
    });
  },
};
