import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { IssueId } from '../../protocol/issueId.ts';
import { errnoOf } from '../files/fileFailure.ts';
import type { Git, GitPlace } from '../git/git.ts';
import { GitFailure } from '../git/gitFailure.ts';
import type { Clock } from '../ports.ts';
import { inspectWorkspace } from './inspectWorkspace.ts';
import { forgetWorktree, removeIfBare, unlockAdminDir } from './makeWorkspace.ts';
import { type RepositoryView, readFacts } from './repositoryView.ts';
import { rescue } from './rescue.ts';
import { workspaceBusy, workspaceCorrupted } from './workspaceFailures.ts';
import { workspacePath } from './workspaceNames.ts';

/** A git that outlived its runner is waited for this long. */
const waitMs = 30_000;
const pauseMs = 100;
/** From registering a worktree to taking the index's lock git needs milliseconds: after this long nobody is at it. */
const settleMs = 2_000;
/** `git worktree add` is ended after ten minutes, so an older lock file has no owner. */
const staleMs = 600_000;

/**
 * Brings a workspace whose making was interrupted into order: finishes it, or clears what there is of it (then it is to
 * be made anew). Nobody works in a workspace before it is made; what is there all the same is kept.
 *
 * @throws UserError while another git command works in it, and when its link to git is gone but files are there.
 */
export async function finishInterrupted(
  { git, clock }: { git: Git; clock: Clock },
  view: RepositoryView,
  issueId: IssueId,
): Promise<'finished' | 'cleared'> {
  const folder = workspacePath(view.project, issueId);
  const gitDir = view.adminDirs.get(folder);
  if (gitDir !== undefined) await waitForGit(clock, gitDir, issueId);
  if ((await ageOf(clock, folder)) === undefined || (await removeIfBare(folder))) {
    await forgetWorktree(git, view.project, folder);
    return 'cleared';
  }
  const linked = inspectWorkspace({ ...(await readFacts(view, folder)), registration: { locked: null } }) === 'ok';
  if (gitDir === undefined || !linked) throw workspaceCorrupted(issueId);
  // git writes the index after the last file of a checkout: where there is one, only the unlocking was missing.
  if ((await ageOf(clock, path.join(gitDir, 'index'))) === undefined) {
    await finishCheckout({ git, clock }, { cwd: folder, gitDir }, issueId);
  }
  await unlockAdminDir(gitDir);
  return 'finished';
}

/** A git that outlived its runner may be anywhere between registering the worktree and writing its index. */
async function waitForGit(clock: Clock, gitDir: string, issueId: IssueId): Promise<void> {
  const lockFile = path.join(gitDir, 'index.lock');
  const deadline = clock.monotonicMs() + waitMs;
  for (;;) {
    const lockAgeMs = await ageOf(clock, lockFile);
    if (lockAgeMs === undefined) {
      const finished = (await ageOf(clock, path.join(gitDir, 'index'))) !== undefined;
      const quietMs = (await ageOf(clock, gitDir)) ?? settleMs;
      if (finished || quietMs >= settleMs || clock.monotonicMs() > deadline) return;
    } else if (lockAgeMs > staleMs) {
      return rm(lockFile, { force: true });
    } else if (clock.monotonicMs() > deadline) {
      throw workspaceBusy(issueId, lockFile);
    }
    await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
  }
}

/** Writes the files that are missing. A file that differs is a half-written one or somebody's work: it is rescued. */
async function finishCheckout(
  { git, clock }: { git: Git; clock: Clock },
  place: Required<GitPlace>,
  issueId: IssueId,
): Promise<void> {
  const head = (await git.read(place, ['rev-parse', '--verify', 'HEAD^{commit}'])).trim();
  if (await differs(git, place)) await rescue(git, { issueId, place, head, index: null, now: clock.now() });
  await git.write(place, ['reset', '--hard', '--quiet', '--no-recurse-submodules'], { timeoutMs: staleMs });
}

/** True when a file that is there is not what HEAD says; files that are not there do not count. */
async function differs(git: Git, place: GitPlace): Promise<boolean> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'panopticon-index-'));
  try {
    const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
    await git.write(place, ['read-tree', 'HEAD'], { env });
    // Ends with 1 when something differs, which is what is asked next.
    await git.write(place, ['update-index', '-q', '--refresh'], { env }).catch((error: unknown) => {
      if (!(error instanceof GitFailure) || error.exitCode !== 1) throw error;
    });
    return (await git.read(place, ['diff-files', '--name-only', '-z', '--diff-filter=MT'], { env })) !== '';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds since a file or folder was changed; undefined when it is not there. */
async function ageOf(clock: Clock, file: string): Promise<number | undefined> {
  try {
    return clock.now().getTime() - (await stat(file)).mtimeMs;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
