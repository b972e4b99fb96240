import type { IssueId } from '../../protocol/issueId.ts';
import type { Project } from '../../protocol/models.ts';
import type { RestoreResult } from '../../protocol/workspaceModels.ts';
import type { Git, GitPlace } from '../git/git.ts';
import { GitFailure } from '../git/gitFailure.ts';
import { type GitStatus, parseStatus } from '../git/parseStatus.ts';
import { findBase, planBranch } from './branchPlan.ts';
import { type CreateDeps, createWorkspace, readRefs } from './createWorkspace.ts';
import { describeWorkspace, statusArgs } from './describeWorkspace.ts';
import { inspectWorkspace } from './inspectWorkspace.ts';
import { type KeptRescue, listRescues } from './listRescues.ts';
import { type PlacedFiles, placedFiles } from './placedFiles.ts';
import { mergedTree, moveTo, newerOwned, occupiedPaths, placeTree, treeChanges, treeWithout } from './placeRescue.ts';
import { readableWorkspace } from './readableWorkspace.ts';
import { type RepositoryView, readFacts, readRepository } from './repositoryView.ts';
import { restoreCommand } from './rescue.ts';
import { changesOf, describeWork, nameList, operationIn, type UnsavedWork } from './unsavedWork.ts';
import { baseUnknown, rescueApart, rescueUnknown, workspaceInTheWay, workspaceUnknown } from './workspaceFailures.ts';
import { workspaceBranch, workspacePath } from './workspaceNames.ts';

interface Restore {
  project: Project;
  issueId: IssueId;
  kept: KeptRescue;
}

/**
 * Takes a destroy back: the workspace of the issue on its branch, with the files of a rescue in it, not committed. Runs
 * under the repository's lock. Nothing is overwritten, and the rescue stays. One that was killed is repeated: files that
 * are as the rescue has them are in nobody's way.
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

/** Puts the files into a workspace that holds no other work. One that was there before may hold the runner's own files. */
async function fill(git: Git, restore: Restore, view: RepositoryView, wasThere: boolean): Promise<void> {
  const { issueId } = restore;
  const place = await readableWorkspace(view, issueId);
  const status = parseStatus(await git.read(place, statusArgs));
  const { entries } = status;
  const work = { ...changesOf(status), commits: 0, stashes: 0, operation: await operationIn(place.gitDir) };
  const head = requireFree(issueId, status, work);
  const { tip, tree: whole } = await planFiles(git, place, restore, head);
  const changes = await treeChanges(git, place, head, whole);
  const newer = await newerOwned(place.cwd, changes, new Set(entries.map(({ path }) => path)));
  // What the branch gets may be gone again in the rescue; git would take what is ignored in its place for it.
  const passing = tip === head ? [] : await treeChanges(git, place, head, tip);
  const all = wasThere ? await occupiedPaths(place.cwd, [...changes, ...passing]) : [];
  const occupied = [...new Set(all)].filter((file) => !newer.includes(file));
  const isEmpty = describeWork(work) === '' && occupied.length === 0;
  const known = [head, tip, whole];
  const { same, free } = isEmpty ? nothingPlaced : await placedFiles(git, place, whole, { changes, known });
  const others = describeWork(without(work, free)) || nameList(occupied.filter((file) => !same.has(file)));
  if (others !== '') throw workspaceInTheWay(issueId, others);
  try {
    const tree = await treeWithout(git, place, head, whole, newer);
    await placeTree(git, place, { head, tree, same: [...same].filter((file) => !newer.includes(file)) });
  } catch (error) {
    throw GitFailure.is(error, 'wouldOverwrite') ? workspaceInTheWay(issueId, error.message) : error;
  }
  if (tip !== head || !isEmpty) await moveTo(git, place, tip);
}

const nothingPlaced: PlacedFiles = { same: new Set(), free: new Set() };

/** The commit of a workspace whose changes may be those of the rescue. @throws UserError where they cannot be. */
function requireFree(issueId: IssueId, { head, branch }: GitStatus, work: UnsavedWork): string {
  const other = work.operation !== null || work.embedded.length > 0;
  const isElsewhere = branch !== workspaceBranch(issueId) || head === null;
  const own = other || isElsewhere ? describeWork(work) || nameList(work.embedded) : '';
  if (own !== '') throw workspaceInTheWay(issueId, own);
  if (branch !== workspaceBranch(issueId)) throw workspaceInTheWay(issueId, `it is on ${branch ?? 'a detached HEAD'}`);
  if (head === null) throw workspaceInTheWay(issueId, 'its branch has no commit');
  return head;
}

function without(work: UnsavedWork, files: ReadonlySet<string>): UnsavedWork {
  const left = (names: readonly string[]) => names.filter((name) => !files.has(name));
  return { ...work, modified: left(work.modified), untracked: left(work.untracked) };
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
