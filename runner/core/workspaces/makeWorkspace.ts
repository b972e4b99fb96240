import { readdir, rm, rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { IssueId } from '../../protocol/issueId.ts';
import type { Project } from '../../protocol/models.ts';
import type { Cancellation } from '../../protocol/runnerApi.ts';
import { errnoOf } from '../files/fileFailure.ts';
import { removeTree } from '../files/removeTree.ts';
import type { Git } from '../git/git.ts';
import { gitEntryOf } from '../git/gitEntry.ts';
import { GitFailure } from '../git/gitFailure.ts';
import { type BranchPlan, worktreeAddArgs } from './branchPlan.ts';
import { creatingReason } from './inspectWorkspace.ts';
import { commonDirOf } from './repositoryView.ts';
import { diskFull, workspaceCanceled } from './workspaceFailures.ts';
import { workspacePath, workspacesRoot } from './workspaceNames.ts';

/** A checkout of the largest repositories takes minutes; a filter that waits for a person takes for ever. */
const addTimeoutMs = 600_000;

/**
 * Makes the worktree. It is locked while that goes on: a crash in between leaves a mark, and nobody prunes it. On any
 * failure everything made is undone, so it can be repeated; and when nobody wants it any more, once git has ended: a
 * git that is killed leaves another behind, which goes on writing files.
 *
 * @throws GitFailure, or UserError when the disk is full or it was canceled.
 */
export async function makeWorkspace(
  git: Git,
  project: Project,
  issueId: IssueId,
  plan: BranchPlan,
  signal?: Cancellation,
): Promise<void> {
  const folder = workspacePath(project, issueId);
  try {
    const args = worktreeAddArgs(plan, folder, creatingReason);
    await git.write({ cwd: project.path }, args, { timeoutMs: addTimeoutMs, retry: false });
    if (signal?.aborted === true) throw workspaceCanceled(issueId);
    await unlockWorktree(folder);
  } catch (error) {
    // Somebody else made the folder meanwhile: it is not ours to remove.
    const foreign = GitFailure.is(error, 'pathExists');
    if (!foreign) await undoWorktree(git, project, folder);
    await undoBranch(git, project, plan);
    throw GitFailure.is(error, 'diskFull') || errnoOf(error) === 'ENOSPC' ? diskFull(issueId, error) : error;
  }
}

/** What `git worktree unlock` does, without its process: the lock is a file in the worktree's own git folder. */
async function unlockWorktree(folder: string): Promise<void> {
  const entry = await gitEntryOf(folder);
  if (entry.kind !== 'link') throw new Error(`${folder} is no worktree`);
  await unlockAdminDir(entry.gitDir);
}

export async function unlockAdminDir(adminDir: string): Promise<void> {
  await rm(path.join(adminDir, 'locked'), { force: true });
}

/** Makes git forget a worktree whose folder is gone. (`prune` would also forget those on drives that are not there.) */
export async function forgetWorktree(git: Git, project: Project, folder: string): Promise<void> {
  await git.write({ cwd: project.path }, ['worktree', 'remove', '--force', '--force', '--', folder]);
}

/** Removes a folder that holds nothing, or nothing but git's link. False when it holds more. */
export async function removeIfBare(folder: string): Promise<boolean> {
  const names = await readdir(folder);
  if (names.some((name) => name !== '.git')) return false;
  if (names.length > 0) {
    if ((await gitEntryOf(folder)).kind === 'folder') return false;
    await unlink(path.join(folder, '.git'));
  }
  await rmdir(folder);
  return true;
}

/** Called only where nothing but what we made can be at `folder`. */
async function undoWorktree(git: Git, project: Project, folder: string): Promise<void> {
  const place = { cwd: project.path, gitDir: await commonDirOf(project) };
  const listed = await git.read(place, ['worktree', 'list', '--porcelain', '-z']).catch(() => '');
  await removeTree(folder, workspacesRoot(project)).catch(ignore);
  if (listed.split('\0').includes(`worktree ${folder}`)) await forgetWorktree(git, project, folder).catch(ignore);
}

async function undoBranch(git: Git, project: Project, plan: BranchPlan): Promise<void> {
  if (plan.kind === 'existing') return;
  const place = { cwd: project.path, gitDir: await commonDirOf(project) };
  // Only while it is where we made it: with the expected value git refuses otherwise.
  const ref = `refs/heads/${plan.branch}`;
  await git.write(place, ['update-ref', '-d', ref, plan.startId]).catch(ignore);
  if (plan.kind === 'new' || (await git.read(place, ['for-each-ref', ref])) !== '') return;
  await git.write(place, ['config', '--remove-section', `branch.${plan.branch}`]).catch(ignore);
}

/** The failure that is being undone says more than one of the undoing, and the next create repairs what is left. */
function ignore(): void {}
