import { UserError } from '../../protocol/errors.ts';
import type { IssueId } from '../../protocol/issueId.ts';
import type { Project } from '../../protocol/models.ts';
import { shellWord } from '../git/shellWord.ts';
import { oneLine } from '../text/sanitize.ts';

export const workspaceUnknown = (issueId: IssueId) =>
  new UserError({
    code: 'workspaceUnknown',
    message: `There is no workspace for ${issueId}.`,
    hint: `Make one: pan workspace create ${issueId}`,
  });

export const repositoryGone = (project: Project, cause: unknown) =>
  new UserError({
    code: 'repositoryGone',
    message: `The repository of project ${project.name} is not at ${project.path} any more.`,
    hint: `If it has moved: pan project remove ${project.name}, then pan project add <path>`,
    cause,
  });

export const rootUnsafe = (root: string) =>
  new UserError({
    code: 'workspacesOutside',
    message: `${root} is not a folder inside the project: it is a link or a file.`,
    hint: `Look at it, then remove it: ls -ld ${shellWord(root)}`,
  });

export const workspaceOccupied = (issueId: IssueId, path: string) =>
  new UserError({
    code: 'workspaceOccupied',
    message: `${path} is in the way: git does not know it as a workspace.`,
    hint: `Move it away, or keep a rescue and remove it: pan workspace destroy ${issueId} --force`,
  });

export const workspaceCorrupted = (issueId: IssueId) =>
  new UserError({
    code: 'workspaceCorrupted',
    message: `The workspace of ${issueId} is corrupted: its .git file is gone or wrong. The files are all there.`,
    hint: `Keep a rescue and remove it: pan workspace destroy ${issueId} --force`,
  });

export const workspaceMissing = (issueId: IssueId) =>
  new UserError({
    code: 'workspaceMissing',
    message: `The workspace folder of ${issueId} is missing.`,
    hint: `Recreate it on the same branch: pan workspace create ${issueId}`,
  });

export const workspaceBeingMade = (issueId: IssueId) =>
  new UserError({
    code: 'workspaceCreating',
    message: `The workspace of ${issueId} is not made completely yet.`,
    hint: `Wait for it, or finish it where that was interrupted: pan workspace create ${issueId}`,
  });

export const badFilePath = (file: string) =>
  new UserError({
    code: 'badPath',
    message: `'${oneLine(file, 80)}' is not the path of a file in a workspace.`,
    hint: 'Name it relative to the workspace, with / between folders and without .. in it.',
    kind: 'usage',
  });

export const badCommit = (commit: string) =>
  new UserError({
    code: 'badCommit',
    message: `'${oneLine(commit, 80)}' is not the id of a commit in this repository.`,
    hint: 'Send the commit that workspace/changes named as the base; ask it again where that has changed.',
    kind: 'usage',
  });

export const fileTooLarge = (commit: string, file: string, bytes: number, maxBytes: number) =>
  new UserError({
    code: 'fileTooLarge',
    message: `${oneLine(file, 80)} has ${megabytes(bytes)} MB in the base, and files over ${megabytes(maxBytes)} MB are not shown.`,
    hint: `Look at it with git: git show ${shellWord(`${commit}:${file}`)}`,
  });

export const rescueUnknown = (issueId: IssueId, ref: string | undefined) =>
  new UserError({
    code: 'rescueUnknown',
    message: ref === undefined ? `There is no rescue of ${issueId}.` : `${issueId} has no rescue ${oneLine(ref, 120)}.`,
    hint: 'See what there is: pan workspace rescues',
  });

/** `what` stands there, in a few words. */
export const workspaceInTheWay = (issueId: IssueId, what: string) =>
  new UserError({
    code: 'workspaceInTheWay',
    message: `The workspace of ${issueId} has work of its own, and nothing is overwritten: ${what}.`,
    hint: `Commit it, or keep it as a rescue, too: pan workspace destroy ${issueId} --force`,
  });

/** `why` the branch and the rescue do not fit, `command` brings the rescue into a worktree of its own. */
export const rescueApart = (issueId: IssueId, why: string, command: readonly string[]) =>
  new UserError({
    code: 'rescueApart',
    message: `The rescue of ${issueId} does not fit its branch any more: ${why}.`,
    hint: `Look at it beside the workspace: ${command.map(shellWord).join(' ')}`,
  });

export const workspaceLocked = (issueId: IssueId, path: string, reason: string) =>
  new UserError({
    code: 'workspaceLocked',
    message: `The workspace of ${issueId} is locked${reason === '' ? '' : `: ${reason}`}.`,
    hint: `Unlock it: git worktree unlock ${shellWord(path)}`,
  });

export const workspaceBusy = (issueId: IssueId, lockFile: string) =>
  new UserError({
    code: 'workspaceBusy',
    message: `Another git command is still working in the workspace of ${issueId}.`,
    hint: `Wait for it to end. If none is running: rm ${shellWord(lockFile)}`,
  });

export const workspaceHalfMade = (issueId: IssueId) =>
  new UserError({
    code: 'workspaceHalfMade',
    message: `The workspace of ${issueId} is half made, so what would be lost cannot be told.`,
    hint: `Finish it first: pan workspace create ${issueId}`,
  });

export const branchCheckedOut = (branch: string, path: string, gone: boolean) =>
  new UserError({
    code: 'branchCheckedOut',
    message: `${branch} is checked out in another worktree: ${path}.`,
    hint: gone
      ? `Its folder is gone; make git forget it: git worktree remove --force ${shellWord(path)}`
      : `Open it, or remove it there: git worktree remove ${shellWord(path)}`,
  });

export const baseUnknown = (branch: string, project: string) =>
  new UserError({
    code: 'baseUnknown',
    message: `Project ${project} has no branch ${branch} any more.`,
    hint: `Register it anew: pan project remove ${project}, then pan project add <path>`,
  });

export const diskFull = (issueId: IssueId, cause: unknown) =>
  new UserError({
    code: 'diskFull',
    message: 'The disk is full; creating the workspace was undone.',
    hint: `Free some space, then: pan workspace create ${issueId}`,
    cause,
  });

export const workspaceCanceled = (issueId: IssueId) =>
  new UserError({
    code: 'canceled',
    message: `Making the workspace of ${issueId} was canceled; nothing was made.`,
    hint: `Make it again: pan workspace create ${issueId}`,
  });

export const liveAgent = (issueId: IssueId, agent: string) =>
  new UserError({
    code: 'workspaceHasAgent',
    message: `${issueId} has a running agent (${agent}).`,
    hint: `End it first: pan work kill ${issueId}`,
  });

/** `work` says what there is, in one line. */
export const workWouldBeLost = (issueId: IssueId, work: string) =>
  new UserError({
    code: 'workspaceHasWork',
    message: `${issueId} has work that exists nowhere else:\n${work}.`,
    hint: `Keep a rescue and destroy it: pan workspace destroy ${issueId} --force`,
  });

export const workUnknown = (issueId: IssueId, path: string) =>
  new UserError({
    code: 'workspaceHasWork',
    message: `git does not know ${path}, so what would be lost cannot be told.`,
    hint: `Keep a rescue and destroy it: pan workspace destroy ${issueId} --force`,
  });

export const embeddedRepositories = (issueId: IssueId, names: string) =>
  new UserError({
    code: 'embeddedRepositories',
    message: `The workspace of ${issueId} holds repositories of their own, which a rescue cannot keep: ${names}.`,
    hint: 'Push or move them, then destroy the workspace again.',
  });

export const rescueFailed = (issueId: IssueId, cause: unknown) =>
  new UserError({
    code: 'rescueFailed',
    message: `The work of ${issueId} could not be rescued, so nothing was deleted (${messageOf(cause)}).`,
    hint: `Commit or copy what you need, then: pan workspace destroy ${issueId}`,
    cause,
  });

export const removalFailed = (issueId: IssueId, path: string, rescueRef: string | null, cause: unknown) =>
  new UserError({
    code: 'removalFailed',
    message: `${path} could not be removed completely (${messageOf(cause)}).`,
    hint: `${rescueRef === null ? '' : `The work is kept in ${rescueRef} (later: pan workspace restore ${issueId}). `}Try again: pan workspace destroy ${issueId} --force`,
    cause,
  });

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024);
}
