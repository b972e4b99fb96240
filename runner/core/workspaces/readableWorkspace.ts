import type { IssueId } from '../../protocol/issueId.ts';
import type { GitPlace } from '../git/git.ts';
import { inspectWorkspace } from './inspectWorkspace.ts';
import { type RepositoryView, readFacts } from './repositoryView.ts';
import {
  workspaceBeingMade,
  workspaceCorrupted,
  workspaceMissing,
  workspaceOccupied,
  workspaceUnknown,
} from './workspaceFailures.ts';
import { workspacePath } from './workspaceNames.ts';

/** Where git can be asked about the files of the issue's workspace. @throws UserError that says why it cannot. */
export async function readableWorkspace(
  view: RepositoryView,
  issueId: IssueId,
): Promise<GitPlace & { gitDir: string }> {
  const folder = workspacePath(view.project, issueId);
  const facts = await readFacts(view, folder);
  const state = inspectWorkspace(facts);
  const gitDir = view.adminDirs.get(folder);
  switch (state) {
    case 'absent':
      throw workspaceUnknown(issueId);
    case 'creating':
      throw workspaceBeingMade(issueId);
    case 'orphan':
      throw workspaceOccupied(issueId, folder);
    case 'corrupted':
      throw workspaceCorrupted(issueId);
    case 'ok':
    case 'missing':
    case 'locked':
    case 'setupFailed':
      if (facts.folder === 'absent') throw workspaceMissing(issueId);
      if (gitDir === undefined) throw workspaceCorrupted(issueId);
      return { cwd: folder, gitDir };
    default:
      return assertNever(state);
  }
}

function assertNever(state: never): never {
  throw new Error(`unknown state ${String(state)}`);
}
