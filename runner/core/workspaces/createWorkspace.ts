import type { IssueId } from '../../protocol/issueId.ts';
import type { Project, Workspace } from '../../protocol/models.ts';
import type { Cancellation } from '../../protocol/runnerApi.ts';
import type { Git } from '../git/git.ts';
import { parseRefs, type Ref, refFormat } from '../git/parseRefs.ts';
import type { Clock } from '../ports.ts';
import { findBase, planBranch, refPatterns } from './branchPlan.ts';
import { aheadBehind, describeWorkspace } from './describeWorkspace.ts';
import { finishInterrupted } from './finishInterrupted.ts';
import { inspectWorkspace } from './inspectWorkspace.ts';
import { forgetWorktree, makeWorkspace, removeIfBare } from './makeWorkspace.ts';
import { type RepositoryView, readFacts, readRepository, registrationAt } from './repositoryView.ts';
import {
  baseUnknown,
  branchCheckedOut,
  workspaceCanceled,
  workspaceCorrupted,
  workspaceLocked,
  workspaceOccupied,
  workspaceUnknown,
} from './workspaceFailures.ts';
import { workspaceBranch, workspacePath } from './workspaceNames.ts';
import { guardWorkspacesRoot } from './workspacesRootGuard.ts';

export interface CreateDeps {
  git: Git;
  clock: Clock;
  agents: { agentIdOf(issueId: IssueId): string | null };
}

/**
 * Makes the workspace of an issue, or returns the one that is there. Runs under the repository's lock.
 *
 * @param signal when it is aborted and there was none, none is left. @returns whether it was made now.
 * @throws UserError, GitFailure.
 */
export async function createWorkspace(
  deps: CreateDeps,
  project: Project,
  issueId: IssueId,
  signal?: Cancellation,
): Promise<{ workspace: Workspace; made: boolean }> {
  const { git } = deps;
  await guardWorkspacesRoot(project);
  const [view, refs] = await Promise.all([readRepository(git, project), readRefs(git, project, issueId)]);
  const baseId = findBase(refs, project.defaultBranch)?.id;
  const agent = deps.agents.agentIdOf(issueId);
  const there = await isThere(deps, view, issueId);
  if (there !== 'no') {
    const fresh = there === 'repaired' ? await readRepository(git, project) : view;
    const workspace = await describeWorkspace(git, { view: fresh, issueId, baseId, agent });
    if (workspace === undefined) throw workspaceUnknown(issueId);
    return { workspace, made: there === 'repaired' };
  }
  if (signal?.aborted === true) throw workspaceCanceled(issueId);
  const path = workspacePath(project, issueId);
  const branch = workspaceBranch(issueId);
  const elsewhere = view.worktrees.find((each) => each.branch === branch && each.path !== path);
  if (elsewhere !== undefined) throw branchCheckedOut(branch, elsewhere.path, elsewhere.prunable !== null);
  const plan = planBranch(refs, branch, project.defaultBranch);
  if (plan === undefined) throw baseUnknown(project.defaultBranch, project.name);
  await makeWorkspace(git, project, issueId, plan, signal);
  // A fresh checkout has no changes; asking git would cost a tenth of making it.
  const counts = await aheadBehind(git, view, baseId, plan.startId);
  const workspace: Workspace = {
    issueId,
    path,
    branch,
    project: project.name,
    state: 'ok',
    ...counts,
    changedFiles: 0,
    agent,
  };
  return { workspace, made: true };
}

/** Clears what stands in the way and may go: registrations without a folder, empty folders, interrupted makings. */
async function isThere(deps: CreateDeps, view: RepositoryView, issueId: IssueId): Promise<'yes' | 'repaired' | 'no'> {
  const path = workspacePath(view.project, issueId);
  const facts = await readFacts(view, path);
  const state = inspectWorkspace(facts);
  if (facts.folder === 'other') throw workspaceOccupied(issueId, path);
  switch (state) {
    case 'absent':
      return 'no';
    case 'ok':
      return 'yes';
    case 'missing':
      await forgetWorktree(deps.git, view.project, path);
      return 'no';
    case 'creating':
      return (await finishInterrupted(deps, view, issueId)) === 'finished' ? 'repaired' : 'no';
    case 'orphan':
      if (await removeIfBare(path)) return 'no';
      throw workspaceOccupied(issueId, path);
    case 'locked':
      throw workspaceLocked(issueId, path, registrationAt(view, path)?.locked ?? '');
    case 'corrupted':
    case 'setupFailed':
      throw workspaceCorrupted(issueId);
    default:
      return assertNever(state);
  }
}

export async function readRefs(git: Git, project: Project, issueId: IssueId): Promise<Ref[]> {
  const patterns = refPatterns(workspaceBranch(issueId), project.defaultBranch);
  return parseRefs(await git.read({ cwd: project.path }, ['for-each-ref', refFormat, ...patterns]));
}

function assertNever(state: never): never {
  throw new Error(`unknown state ${String(state)}`);
}
