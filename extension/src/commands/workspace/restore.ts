import * as vscode from 'vscode';
import { dayTime } from '../../../../runner/protocol/dayTime.ts';
import { UserError } from '../../../../runner/protocol/errors.ts';
import type { Rescue } from '../../../../runner/protocol/workspaceModels.ts';
import type { App } from '../../app.ts';
import { counted } from '../../views/row.ts';
import { rowsMeant } from '../chooseAgents.ts';
import type { Command } from '../command.ts';
import { concerning } from '../concerning.ts';
import { lateProgress } from '../lateProgress.ts';
import { say } from '../notify.ts';
import { pick } from '../pick.ts';
import { plainLabel } from '../plainText.ts';

/** Brings back what a destroy kept: one certain rescue (`{ issueId, rescue }`), or the one that is chosen. */
export const workspaceRestore: Command = {
  id: 'panopticon.workspace.restore',
  async run(app, ...given) {
    const [issueId] = rowsMeant(app, given).issueIds;
    const ref = refOf(given[0]);
    const rescue = issueId !== undefined && ref !== undefined ? { issueId, ref } : await chooseRescue(app, issueId);
    if (rescue !== undefined) await concerning({ issueId: rescue.issueId }, () => restore(app, rescue));
  },
};

function refOf(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null || !('rescue' in given)) return undefined;
  return typeof given.rescue === 'string' ? given.rescue : undefined;
}

async function chooseRescue(app: App, issueId: string | undefined): Promise<Rescue | undefined> {
  const { workspaces } = await app.runner.get();
  const all = await app.views.withProgress('workspaces', () => workspaces.rescues({}));
  const fitting = all.filter((rescue) => issueId === undefined || rescue.issueId === issueId);
  if (fitting.length === 0) {
    throw new UserError({
      code: 'nothingToDo',
      message: `Nothing was rescued${issueId === undefined ? '' : ` of ${issueId}`}.`,
    });
  }
  return pick({
    title: 'Restore Rescued Work',
    placeholder: 'Newest first. Nothing that is there now is overwritten.',
    rows: fitting.map((rescue) => ({
      value: rescue,
      icon: 'history',
      label: rescue.issueId,
      description: plainLabel(
        `${dayTime(rescue.at, new Date())} · ${counted(rescue.files, 'file')} · ${rescue.project}`,
      ),
    })),
  });
}

async function restore(app: App, { issueId, ref }: Pick<Rescue, 'issueId' | 'ref'>): Promise<void> {
  const { workspaces } = await app.runner.get();
  const { rescue } = await app.views.withProgress('workspaces', () =>
    lateProgress(`Restoring ${issueId}`, () => workspaces.restore({ id: issueId, ref })),
  );
  say('info', `Restored ${counted(rescue.files, 'file')} of ${issueId}.`, {
    'Show Changes': () => vscode.commands.executeCommand('panopticon.agent.diff', { issueId }),
  });
}
