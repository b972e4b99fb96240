import path from 'node:path';
import type { IssueId } from '../../protocol/issueId.ts';
import type { DestroyResult, Project } from '../../protocol/models.ts';
import { removeTree } from '../files/removeTree.ts';
import type { Git } from '../git/git.ts';
import { GitFailure } from '../git/gitFailure.ts';
import { parseStatus } from '../git/parseStatus.ts';
import type { Clock } from '../ports.ts';
import { findBase } from './branchPlan.ts';
import { readRefs } from './createWorkspace.ts';
import { statusArgs } from './describeWorkspace.ts';
import { inspectWorkspace, type WorkspaceFacts } from './inspectWorkspace.ts';
import { forgetWorktree, removeIfBare, unlockAdminDir } from './makeWorkspace.ts';
import { type RepositoryView, readFacts, readRepository, registrationAt } from './repositoryView.ts';
import { keepCommit, type RescueInput, rescue } from './rescue.ts';
import { changesOf, countCommits, describeWork, nameList, readUnsavedWork } from './unsavedWork.ts';
import {
  embeddedRepositories,
  removalFailed,
  rescueFailed,
  workspaceHalfMade,
  workspaceLocked,
  workspaceOccupied,
  workspaceUnknown,
  workUnknown,
  workWouldBeLost,
} from './workspaceFailures.ts';
import { workspaceBranch, workspacePath, workspacesRoot } from './workspaceNames.ts';
import { guardWorkspacesRoot } from './workspacesRootGuard.ts';

export interface DestroyDeps {
  git: Git;
  clock: Clock;
}

/** What is known about the workspace before anything is decided. */
interface Target {
  view: RepositoryView;
  issueId: IssueId;
  folder: string;
  facts: WorkspaceFacts;
  /** The worktree's own git folder, when git has one for it. */
  gitDir: string | undefined;
  /** Object ids of the default branch and of the workspace's branch. */
  baseId: string | undefined;
  branchId: string | undefined;
}

/**
 * Removes the workspace of an issue and keeps its branch. Runs under the repository's lock. Without `force` it refuses
 * when work would exist nowhere else; with it, that work is kept under a rescue ref first, or nothing is deleted.
 *
 * @throws UserError, GitFailure.
 */
export async function destroyWorkspace(
  deps: DestroyDeps,
  project: Project,
  issueId: IssueId,
  force: boolean,
): Promise<DestroyResult> {
  await guardWorkspacesRoot(project);
  const target = await readTarget(deps.git, project, issueId);
  const { view, folder, facts } = target;
  const state = inspectWorkspace(facts);
  const registration = registrationAt(view, folder);
  if (state === 'absent') throw workspaceUnknown(issueId);
  if (facts.folder === 'other') throw workspaceOccupied(issueId, folder);
  if (state === 'locked') throw workspaceLocked(issueId, folder, registration?.locked ?? '');
  if (state === 'creating' && !force) throw workspaceHalfMade(issueId);
  if (facts.link === 'repository') throw embeddedRepositories(issueId, nameList([path.basename(folder)]));
  const rescueRef = await keepWork(deps, target, force);
  try {
    await remove(deps.git, target);
  } catch (error) {
    throw removalFailed(issueId, folder, rescueRef, error);
  }
  return { issueId, path: folder, branch: registration?.branch ?? workspaceBranch(issueId), rescueRef };
}

async function readTarget(git: Git, project: Project, issueId: IssueId): Promise<Target> {
  const [view, refs] = await Promise.all([readRepository(git, project), readRefs(git, project, issueId)]);
  const folder = workspacePath(project, issueId);
  return {
    view,
    issueId,
    folder,
    facts: await readFacts(view, folder),
    gitDir: view.adminDirs.get(folder),
    baseId: findBase(refs, project.defaultBranch)?.id,
    branchId: refs.find(({ name }) => name === `refs/heads/${workspaceBranch(issueId)}`)?.id,
  };
}

/** @returns the rescue ref, null when there was nothing to keep. @throws UserError when the workspace has to stay. */
async function keepWork(deps: DestroyDeps, target: Target, force: boolean): Promise<string | null> {
  if (target.facts.folder === 'absent') return keepCommits(deps, target, force);
  if (target.gitDir === undefined) return keepOrphan(deps, target, force);
  const { view, issueId, folder, gitDir } = target;
  let work: Awaited<ReturnType<typeof readUnsavedWork>>;
  try {
    work = await readUnsavedWork(deps.git, view, folder, gitDir, target.baseId);
  } catch (error) {
    if (!(error instanceof GitFailure) || error.reason === 'timeout') throw error;
    return keepOrphan(deps, target, force);
  }
  if (work.embedded.length > 0) throw embeddedRepositories(issueId, nameList(work.embedded));
  const lost = describeWork(work);
  if (lost !== '' && !force) throw workWouldBeLost(issueId, lost);
  if (lost === '' && !work.ownedChanged) return null;
  const index = path.join(gitDir, 'index');
  return keepFiles(deps, target, { place: { cwd: folder, gitDir }, head: work.head, index, hidden: work.hidden });
}

/** The folder is gone; commits of a detached HEAD would go with the registration. */
async function keepCommits(deps: DestroyDeps, { view, issueId, folder, baseId }: Target, force: boolean) {
  const head = registrationAt(view, folder)?.head ?? null;
  const commits = await countCommits(deps.git, view, head, baseId);
  if (commits === 0 || head === null) return null;
  const nothing = { modified: [], untracked: [], ownedChanged: false, stashes: 0, operation: null, embedded: [] };
  if (!force) throw workWouldBeLost(issueId, describeWork({ ...nothing, commits }));
  const place = { cwd: view.project.path, gitDir: view.commonDir };
  return keepCommit(deps.git, { issueId, place, now: deps.clock.now() }, head);
}

/** git knows nothing about the folder, or nothing that it can read: its files are compared with the branch it was made for. */
async function keepOrphan(deps: DestroyDeps, target: Target, force: boolean): Promise<string | null> {
  const { view, issueId, folder } = target;
  if (await removeIfBare(folder)) return null;
  if (!force) throw workUnknown(issueId, folder);
  const place = { cwd: folder, gitDir: view.commonDir };
  const status = parseStatus(await deps.git.read(place, statusArgs));
  // Modified means nothing here (the index is the main checkout's), but repositories inside are seen all the same.
  const { embedded } = changesOf({ ...status, entries: status.entries.filter(({ kind }) => kind === 'untracked') });
  if (embedded.length > 0) throw embeddedRepositories(issueId, nameList(embedded));
  return keepFiles(deps, target, { place, head: target.branchId ?? target.baseId ?? null, index: null });
}

async function keepFiles(
  { git, clock }: DestroyDeps,
  { issueId }: Target,
  what: Pick<RescueInput, 'place' | 'head' | 'index' | 'hidden'>,
): Promise<string> {
  try {
    return await rescue(git, { ...what, issueId, now: clock.now() });
  } catch (error) {
    throw rescueFailed(issueId, error);
  }
}

async function remove(git: Git, { view, folder, facts, gitDir }: Target): Promise<void> {
  const { project } = view;
  if (gitDir !== undefined && inspectWorkspace(facts) === 'creating') await unlockAdminDir(gitDir);
  await removeTree(folder, workspacesRoot(project));
  if (facts.registration !== undefined) await forgetWorktree(git, project, folder);
}
