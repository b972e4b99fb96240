import { UserError } from '../../../../runner/protocol/errors.ts';
import { agentIdOf } from '../../../../runner/protocol/issueId.ts';
import type { Workspace } from '../../../../runner/protocol/models.ts';
import type { App } from '../../app.ts';
import { workspaceRow } from '../../views/workspaceRow.ts';
import { rowsMeant } from '../chooseAgents.ts';
import { ConcerningError } from '../concerning.ts';
import { pick } from '../pick.ts';
import { plainLabel } from '../plainText.ts';

/** Which workspaces can be chosen, and what is said where there is none. */
interface Choice {
  fits(workspace: Workspace): boolean;
  none(all: readonly Workspace[]): Error;
}

const any: Choice = { fits: () => true, none: () => nothing('There is no workspace yet.') };
const withFolder: Choice = {
  fits: ({ state }) => state !== 'missing',
  none: () => nothing('No workspace has its folder.'),
};

/**
 * The workspace that is meant, whether it fits or not; where nothing says it, the one of those that fit that the person
 * chooses. Undefined when they leave.
 */
export async function meantWorkspace(
  app: App,
  given: readonly unknown[],
  title: string,
  choice = any,
): Promise<Workspace | undefined> {
  const runner = await app.runner.get();
  const [issueId] = rowsMeant(app, given).issueIds;
  const all = await app.views.withProgress('workspaces', () => runner.workspaces.list({}));
  if (issueId !== undefined) {
    const meant = all.find((workspace) => workspace.issueId === issueId);
    if (meant === undefined) throw workspaceUnknown(issueId);
    return meant;
  }
  const fitting = all.filter((workspace) => choice.fits(workspace));
  if (fitting.length === 0) throw choice.none(all);
  const likeliest = app.views.likeliestAgent();
  return pick({
    title,
    rows: fitting.map((workspace) => workspaceLine(app, workspace)),
    active: (workspace) => agentIdOf(workspace.issueId) === likeliest,
  });
}

/** The same for what needs the folder. @throws ConcerningError where it is gone. */
export async function meantFolder(app: App, given: readonly unknown[], title: string): Promise<Workspace | undefined> {
  const workspace = await meantWorkspace(app, given, title, withFolder);
  if (workspace === undefined || withFolder.fits(workspace)) return workspace;
  throw new ConcerningError({ issueId: workspace.issueId }, workspaceMissing(workspace));
}

function nothing(message: string): UserError {
  return new UserError({ code: 'nothingToDo', message });
}

function workspaceLine(app: App, workspace: Workspace) {
  const agent = workspace.agent === null ? undefined : app.fleet.get(workspace.agent);
  const { label, description, icon } = workspaceRow(workspace, agent);
  return {
    value: workspace,
    label: plainLabel(label),
    description: plainLabel(description),
    ...(icon === undefined ? {} : { icon: icon.id }),
  };
}

function workspaceMissing({ issueId }: Workspace): UserError {
  return new UserError({
    code: 'workspaceMissing',
    message: `The workspace folder of ${issueId} is missing.`,
    hint: `Recreate it on the same branch: pan workspace create ${issueId}`,
  });
}

function workspaceUnknown(issueId: string): UserError {
  return new UserError({
    code: 'workspaceUnknown',
    message: `${issueId} has no workspace.`,
    hint: `Make one: pan workspace create ${issueId}`,
  });
}
