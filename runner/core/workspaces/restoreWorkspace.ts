import type { IssueId } from '../../protocol/issueId.ts';
import type { Project } from '../../protocol/models.ts';
import type { RestoreResult } from '../../protocol/workspaceModels.ts';
import type { Git, GitPlace } from '../git/git.ts';
import { GitFailure } from '../git/gitFailure.ts';
import { parseStatus } from '../git/parseStatus.ts';
import { findBase, planBranch } from './branchPlan.ts';
import { type CreateDeps, createWorkspace, readRefs } from './createWorkspace.ts';
import { describeWorkspace, statusArgs } from './describeWorkspace.ts';
import { inspectWorkspace } from './inspectWorkspace.ts';
import { type KeptRescue, listRescues } from './listRescues.ts';
import { mergedTree, newerOwned, occupiedPaths, placeTree, treeChanges, treeWithout } from './placeRescue.ts';
import { readableWorkspace } from './readableWorkspace.ts';
import { type RepositoryView, readFacts, readRepository } from './repositoryView.ts';
import { restoreCommand } from './rescue.ts';
import { changesOf, describeWork, nameList, operationIn } from './unsavedWork.ts';
import { baseUnknown, rescueApart, rescueUnknown, workspaceInTheWay, workspaceUnknown } from './workspaceFailures.ts';
import { workspaceBranch, workspacePath } from './workspaceNames.ts';

const fastForward = ['merge', '--ff-only', '--quiet', '--no-autostash', '--no-overwrite-ignore'];

interface Restore {
  project: Project;
  issueId: IssueId;
  kept: KeptRescue;
}

/**
 * Takes a destroy back: the workspace of the issue on its branch, with the files of a rescue in it, not committed. Runs
 * under the repository's lock. Nothing is overwritten, and the rescue stays.
 *
 * - The branch is gone: it is made again at the commit that the work stood on.
 * - That commit is ahead of the branch (it was made on a detached HEAD): the branch moves forward to it.
 * - The branch is ahead of it: what was not committed is merged into the newer files.
 *
 * @throws UserError where they went apart, where both changed the same lines, and where the workspace holds other work;
 *   GitFailure.
 */
export async function restoreWorkspace(
  deps: CreateDeps,
  project: Project,
  issueId: IssueId,
  ref: string | undefined,
): Promise<RestoreResult> {
  const { git } = deps;
  const rescues = await listRescues(git, project, issueId);
  const kept = ref === undefined ? rescues[0] : rescues.find(({ rescue }) => rescue.ref === ref);
  if (kept === undefined) throw rescueUnknown(issueId, ref);
  const restore = { project, issueId, kept };
  const view = await readRepository(git, project);
  const isThere = !['absent', 'missing', 'creating'].includes(
    inspectWorkspace(await readFacts(view, workspacePath(project, issueId))),
  );
  if (isThere) await fill(git, restore, view, true);
  else await fillNew(deps, restore, view);
  const now = await readRepository(git, project);
  const baseId = findBase(await readRefs(git, project, issueId), project.defaultBranch)?.id;
  const agent = deps.agents.agentIdOf(issueId);
  const workspace = await describeWorkspace(git, { view: now, issueId, baseId, agent });
  if (workspace === undefined) throw workspaceUnknown(issueId);
  return { rescue: kept.rescue, workspace };
}

/** Everything that can be told before is told before the workspace is made. */
async function fillNew(deps: CreateDeps, restore: Restore, view: RepositoryView): Promise<void> {
  const { git } = deps;
  const { project, issueId, kept } = restore;
  const refs = await readRefs(git, project, issueId);
  const branch = workspaceBranch(issueId);
  const shared = { cwd: project.path, gitDir: view.commonDir };
  const plan = planBranch(refs, branch, project.defaultBranch);
  const isGone = plan === undefined || plan.kind === 'new';
  const start = plan === undefined || plan.kind === 'new' ? (kept.head ?? plan?.startId) : plan.startId;
  if (start === undefined) throw baseUnknown(project.defaultBranch, project.name);
  await planFiles(git, shared, restore, start);
  // The zeros: the branch must not be there yet.
  if (isGone) await git.write(shared, ['update-ref', `refs/heads/${branch}`, start, '0'.repeat(start.length)]);
  try {
    await createWorkspace(deps, project, issueId);
  } catch (error) {
    if (isGone) await git.write(shared, ['update-ref', '-d', `refs/heads/${branch}`, start]).catch(() => undefined);
    throw error;
  }
  await fill(git, restore, await readRepository(git, project), false);
}

/** Puts the files into a workspace that holds no work. One that was there before may hold the runner's own files. */
async function fill(git: Git, restore: Restore, view: RepositoryView, wasThere: boolean): Promise<void> {
  const { issueId } = restore;
  const place = await readableWorkspace(view, issueId);
  const status = parseStatus(await git.read(place, statusArgs));
  const { head, branch, entries } = status;
  const work = { ...changesOf(status), commits: 0, stashes: 0, operation: await operationIn(place.gitDir) };
  const own = describeWork(work) || nameList(work.embedded);
  if (own !== '') throw workspaceInTheWay(issueId, own);
  if (branch !== workspaceBranch(issueId)) throw workspaceInTheWay(issueId, `it is on ${branch ?? 'a detached HEAD'}`);
  if (head === null) throw workspaceInTheWay(issueId, 'its branch has no commit');
  const { tip, tree: whole } = await planFiles(git, place, restore, head);
  const changes = await treeChanges(git, place, head, whole);
  const newer = await newerOwned(place.cwd, changes, new Set(entries.map(({ path }) => path)));
  // What the branch gets may be gone again in the rescue; it passes through the workspace all the same.
  const passing = tip === head ? [] : await treeChanges(git, place, head, tip);
  const all = wasThere ? await occupiedPaths(place.cwd, [...changes, ...passing]) : [];
  const occupied = [...new Set(all)].filter((file) => !newer.includes(file));
  if (occupied.length > 0) throw workspaceInTheWay(issueId, nameList(occupied));
  try {
    // Moves the branch, its index and its files, and refuses where that would overwrite something.
    if (tip !== head) await git.write(place, [...fastForward, tip]);
    await placeTree(git, place, tip, await treeWithout(git, place, tip, whole, newer));
  } catch (error) {
    throw GitFailure.is(error, 'wouldOverwrite') ? workspaceInTheWay(issueId, error.message) : error;
  }
}

/** Where the branch has to be, and which files then belong into the workspace. @throws UserError where they do not fit. */
async function planFiles(
  git: Git,
  place: GitPlace,
  { project, issueId, kept }: Restore,
  head: string,
): Promise<{ tip: string; tree: string }> {
  const apart = (why: string) => rescueApart(issueId, why, restoreCommand(project, kept.rescue.ref));
  const { head: below } = kept;
  if (below === null || below === head || (await isAncestor(git, place, head, below))) {
    return {
      tip: below ?? head,
      tree: (await git.read(place, ['rev-parse', '--verify', `${kept.commit}^{tree}`])).trim(),
    };
  }
  const branch = workspaceBranch(issueId);
  if (!(await isAncestor(git, place, below, head))) throw apart(`${branch} and what it was made on went apart`);
  const tree = await mergedTree(git, place, head, kept.commit);
  if (tree === undefined) throw apart(`${branch} changed the same lines since`);
  return { tip: head, tree };
}

async function isAncestor(git: Git, place: GitPlace, ancestor: string, commit: string): Promise<boolean> {
  try {
    await git.read(place, ['merge-base', '--is-ancestor', ancestor, commit]);
    return true;
  } catch (error) {
    if (error instanceof GitFailure && error.exitCode === 1) return false;
    throw error;
  }
}
