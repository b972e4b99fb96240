import { UserError } from '../../../../runner/protocol/errors.ts';
import { repairable } from '../../views/workspaceRow.ts';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { lateProgress } from '../lateProgress.ts';
import { flash } from '../notify.ts';
import { meantWorkspace } from './chooseWorkspace.ts';
import { nothingToRepair } from './nothingToRepair.ts';

/** Makes a workspace whose folder is gone again on its branch, and finishes one whose making was interrupted. */
export const workspaceRepair: Command = {
  id: 'panopticon.workspace.repair',
  async run(app, ...given) {
    const workspace = await meantWorkspace(app, given, 'Repair Which Workspace?', {
      fits: repairable,
      none: nothingToRepair,
    });
    if (workspace === undefined) return;
    const { issueId, state } = workspace;
    if (state === 'ok') throw new UserError({ code: 'nothingToDo', message: `The workspace of ${issueId} is well.` });
    await concerning({ issueId }, async () => {
      const { workspaces } = await app.runner.get();
      await app.views.withProgress('workspaces', () =>
        lateProgress(`Repairing the workspace of ${issueId}`, () => workspaces.create({ id: issueId })),
      );
      flash(`Repaired the workspace of ${issueId}.`);
    });
  },
};
