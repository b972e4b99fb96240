import type { Ref } from '../git/parseRefs.ts';

/** How the branch of a workspace comes to be. Object ids tell later whether a branch we made is still untouched. */
export type BranchPlan =
  | { kind: 'existing'; branch: string; startId: string }
  | { kind: 'fromRemote'; branch: string; start: string; startId: string }
  | { kind: 'new'; branch: string; start: string; startId: string };

/** The refs that `planBranch` and `findBase` look at, for `for-each-ref`. */
export function refPatterns(...branches: string[]): string[] {
  return branches.flatMap((name) => [`refs/heads/${name}`, `refs/remotes/*/${name}`]);
}

/**
 * A local branch is used as it is; one that only a remote has is tracked, so that a colleague's work is picked up;
 * else it starts at the default branch. Undefined when there is no default branch to start at.
 */
export function planBranch(refs: readonly Ref[], branch: string, defaultBranch: string): BranchPlan | undefined {
  const local = refs.find(({ name }) => name === `refs/heads/${branch}`);
  if (local !== undefined) return { kind: 'existing', branch, startId: local.id };
  const remote = remoteRef(refs, branch);
  if (remote !== undefined) return { kind: 'fromRemote', branch, start: remote.name, startId: remote.id };
  const base = findBase(refs, defaultBranch);
  return base && { kind: 'new', branch, start: base.name, startId: base.id };
}

/** What a workspace is compared with: the local default branch, else the one of a remote. */
export function findBase(refs: readonly Ref[], defaultBranch: string): Ref | undefined {
  return refs.find(({ name }) => name === `refs/heads/${defaultBranch}`) ?? remoteRef(refs, defaultBranch);
}

function remoteRef(refs: readonly Ref[], branch: string): Ref | undefined {
  const all = refs.filter(({ name }) => /^refs\/remotes\/[^/]+\/(.*)$/.exec(name)?.[1] === branch);
  return all.find(({ name }) => name.startsWith('refs/remotes/origin/')) ?? all[0];
}

/**
 * Full names as starting points: a tag or a file of the same name cannot be meant. Quiet, because a git that outlives
 * its runner dies of SIGPIPE at its next word, and then removes the worktree that it made (2.39).
 */
export function worktreeAddArgs(plan: BranchPlan, folder: string, lockReason: string): string[] {
  const add = ['worktree', 'add', '--quiet', '--lock', '--reason', lockReason];
  switch (plan.kind) {
    // Only a short name checks the branch out; a full one would detach HEAD.
    case 'existing':
      return [...add, '--', folder, plan.branch];
    case 'fromRemote':
      return [...add, '--track', '-b', plan.branch, '--', folder, plan.start];
    case 'new':
      return [...add, '--no-track', '-b', plan.branch, '--', folder, plan.start];
    default:
      return assertNever(plan);
  }
}

function assertNever(plan: never): never {
  throw new Error(`unknown plan ${JSON.stringify(plan)}`);
}
