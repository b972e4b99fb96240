import type { AgentId, IssueId } from '../../protocol/issueId.ts';
import type { Workspace } from '../../protocol/models.ts';
import type { Git } from '../git/git.ts';
import { GitFailure } from '../git/gitFailure.ts';
import { parseLeftRight } from '../git/parseLeftRight.ts';
import { type GitStatus, parseStatus } from '../git/parseStatus.ts';
import { inspectWorkspace } from './inspectWorkspace.ts';
import { type RepositoryView, readFacts, registrationAt } from './repositoryView.ts';
import { isRunnerOwned, workspaceBranch, workspacePath } from './workspaceNames.ts';

/** Shown where a branch is expected and HEAD is detached; git's own words. */
export const detached = '(detached)';

/** Untracked files one by one: a folder of thirty new files is thirty files of work. */
export const statusArgs = ['status', '--porcelain=v2', '-z', '--branch', '--untracked-files=all'] as const;

export interface DescribeInput {
  view: RepositoryView;
  issueId: IssueId;
  /** Object id of what it is compared with; undefined when the default branch is gone. */
  baseId: string | undefined;
  agent: AgentId | null;
}

/** One workspace as clients see it; undefined when there is none. Never fails for what is wrong with the workspace. */
export async function describeWorkspace(git: Git, input: DescribeInput): Promise<Workspace | undefined> {
  const { view, issueId } = input;
  const path = workspacePath(view.project, issueId);
  const facts = await readFacts(view, path);
  const state = inspectWorkspace(facts);
  if (state === 'absent') return undefined;
  const registration = registrationAt(view, path);
  const branch = registration === undefined ? workspaceBranch(issueId) : (registration.branch ?? detached);
  const plain = { issueId, path, branch, project: view.project.name, state, agent: input.agent };
  const gitDir = view.adminDirs.get(path);
  const readable = facts.folder === 'folder' && gitDir !== undefined && state !== 'creating';
  const status = readable ? await readStatus(git, path, gitDir) : undefined;
  const head = (status === undefined || status === 'broken' ? registration?.head : status.head) ?? undefined;
  const counts = await aheadBehind(git, view, input.baseId, head);
  if (status === 'broken') return { ...plain, state: 'corrupted', ...counts, changedFiles: 0 };
  const changed = status?.entries.filter((entry) => !isRunnerOwned(entry.path)) ?? [];
  return { ...plain, branch: branchNow(status, branch), ...counts, changedFiles: changed.length };
}

/** Undefined when git did not answer in time, which says nothing about the workspace. */
async function readStatus(git: Git, cwd: string, gitDir: string): Promise<GitStatus | 'broken' | undefined> {
  try {
    return parseStatus(await git.read({ cwd, gitDir }, statusArgs));
  } catch (error) {
    if (GitFailure.is(error, 'timeout', 'lockHeld')) return undefined;
    if (error instanceof GitFailure && error.reason !== 'missing') return 'broken';
    throw error;
  }
}

/** During a rebase `worktree list` and `status` agree on "detached"; otherwise the later answer wins. */
function branchNow(status: GitStatus | undefined, listed: string): string {
  return status === undefined ? listed : (status.branch ?? detached);
}

/** Zero and zero when there is nothing to compare, or git cannot. */
export async function aheadBehind(
  git: Git,
  view: RepositoryView,
  baseId: string | undefined,
  head: string | undefined,
): Promise<{ ahead: number; behind: number }> {
  if (baseId === undefined || head === undefined || head === baseId || /^0+$/.test(head))
    return { ahead: 0, behind: 0 };
  try {
    const place = { cwd: view.project.path, gitDir: view.commonDir };
    const text = await git.read(place, ['rev-list', '--left-right', '--count', `${baseId}...${head}`, '--']);
    const { left, right } = parseLeftRight(text);
    return { ahead: right, behind: left };
  } catch (error) {
    if (error instanceof GitFailure) return { ahead: 0, behind: 0 };
    throw error;
  }
}
