import type { Agent, Workspace } from '../../../runner/protocol/models.ts';
import type { ChangedFile } from '../../../runner/protocol/workspaceModels.ts';
import { plainLine } from '../commands/plainText.ts';
import { attentionColor, errorColor } from './agentIcon.ts';
import { fileMarks } from './fileMarks.ts';
import { counted, dotted, listed, type Row, type RowIcon } from './row.ts';

/** The row of a workspace; `agent`: the one that works in it. */
export function workspaceRow(workspace: Workspace, agent: Agent | undefined): Row {
  const { ahead, behind, changedFiles, state } = workspace;
  const name = plainLine(workspace.branch).replace(/^feature\//, '');
  const arrows = [ahead > 0 && `↑${ahead}`, behind > 0 && `↓${behind}`].filter((part) => part !== false).join(' ');
  const files = changedFiles > 0 ? counted(changedFiles, 'file') : '';
  const runtime = agent === undefined ? '' : plainLine(agent.runtime);
  const title = agent === undefined ? '' : plainLine(agent.title);
  return {
    label: name,
    description: dotted(workspaceTroubles[state], arrows, files, runtime, title),
    icon: icons[state],
    contextValue: `workspace.${state}${workspace.agent === null ? '' : '+agent'}${changedFiles > 0 ? '+dirty' : ''}`,
    spoken: listed(
      `Workspace ${name}`,
      ...factsOf(workspace),
      agent !== undefined && `${runtime} ${agent.status}`,
      title,
    ),
  };
}

/** What there is to say of a workspace, in words: `1 commit ahead · 2 changed files`. */
export function workspaceFacts(workspace: Workspace): string {
  return dotted(...factsOf(workspace));
}

function factsOf({ ahead, behind, changedFiles, state }: Workspace): (string | false)[] {
  return [
    workspaceTroubles[state],
    ahead > 0 && `${counted(ahead, 'commit')} ahead`,
    behind > 0 && `${counted(behind, 'commit')} behind`,
    changedFiles > 0 && counted(changedFiles, 'changed file'),
  ];
}

const icons: Readonly<Record<Workspace['state'], RowIcon>> = {
  ok: { id: 'git-branch' },
  creating: { id: 'loading~spin' },
  setupFailed: { id: 'warning', color: attentionColor },
  corrupted: { id: 'error', color: errorColor },
  missing: { id: 'circle-slash' },
  orphan: { id: 'debug-disconnect' },
  locked: { id: 'lock' },
};

/** What is the matter with a workspace, in a few words. */
export const workspaceTroubles: Readonly<Record<Workspace['state'], string>> = {
  ok: '',
  creating: 'being made',
  setupFailed: 'setup failed',
  corrupted: 'git cannot read it',
  missing: 'its folder is gone',
  orphan: 'git does not know it',
  locked: 'locked with git worktree lock',
};

/** Whether a person has to do something; who locks a workspace means to. */
export function isBroken({ state }: Workspace): boolean {
  return state !== 'ok' && state !== 'creating' && state !== 'locked';
}

/** Whether making the workspace again brings it into order; of the others a person has to look at what is there. */
export function repairable({ state }: Workspace): boolean {
  return state === 'missing' || state === 'creating';
}

/** The row of a changed file; its icon and letter come from its address. */
export function fileRow(file: ChangedFile): Row {
  const path = plainLine(file.path);
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  const folder = slash === -1 ? '' : path.slice(0, slash);
  const from = file.from === null ? '' : `from ${plainLine(file.from)}`;
  return {
    label: name,
    description: dotted(folder, from),
    icon: undefined,
    contextValue: `file.${file.status}`,
    spoken: listed(name, fileMarks[file.status].word, folder !== '' && `in ${folder}`, from),
  };
}
