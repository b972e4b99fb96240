import path from 'node:path';
import type { IssueId } from '../../protocol/issueId.ts';
import type { Project } from '../../protocol/models.ts';
import type { WorkspaceChangesParams } from '../../protocol/requests.ts';
import type { ChangedFile, WorkspaceChanges } from '../../protocol/workspaceModels.ts';
import { countLines } from '../files/countLines.ts';
import type { Git, GitPlace } from '../git/git.ts';
import { GitFailure } from '../git/gitFailure.ts';
import { parseDiff } from '../git/parseDiff.ts';
import { parseStatus } from '../git/parseStatus.ts';
import { findBase } from './branchPlan.ts';
import { readRefs } from './createWorkspace.ts';
import { detached, statusArgs } from './describeWorkspace.ts';
import { mergeChanges } from './mergeChanges.ts';
import { readableWorkspace } from './readableWorkspace.ts';
import { readRepository } from './repositoryView.ts';
import { baseUnknown, workspaceCorrupted } from './workspaceFailures.ts';

const maxFiles = 1_000;
/** Of a file that git does not know, and of all of them together: what is over it is listed without its lines. */
const maxCountedBytes = 1024 * 1024;
const maxCountedInAll = 32 * 1024 * 1024;

/** Whatever the user's configuration says: names from the top, nothing run that it names, submodules by their commit. */
const diffArgs = [
  ...['diff', '--raw', '--numstat', '-z', '--find-renames', '--no-relative', '--no-color', '--no-ext-diff'],
  ...['--no-textconv', '--ignore-submodules=dirty'],
];

/**
 * What the workspace of an issue holds beyond its base: commits and work that is not committed together.
 *
 * @throws UserError, GitFailure.
 */
export async function readChanges(
  git: Git,
  project: Project,
  issueId: IssueId,
  against: WorkspaceChangesParams['against'],
): Promise<WorkspaceChanges> {
  const [view, refs] = await Promise.all([readRepository(git, project), readRefs(git, project, issueId)]);
  const place = await readableWorkspace(view, issueId);
  const tip = findBase(refs, project.defaultBranch);
  if (tip === undefined) throw baseUnknown(project.defaultBranch, project.name);
  const commit = against === 'defaultBranch' ? tip.id : await mergeBase(git, place, tip.id);
  const [diff, status] = await Promise.all([
    git.read(place, [...diffArgs, commit, '--']),
    git.read(place, statusArgs),
  ]).catch((error: unknown) => {
    throw GitFailure.is(error, 'notARepository', 'corrupt') ? workspaceCorrupted(issueId) : error;
  });
  const { branch, entries } = parseStatus(status);
  const all = mergeChanges(parseDiff(diff), entries);
  const files = await withLines(place.cwd, all.slice(0, maxFiles));
  const counted = [...files, ...all.slice(maxFiles)];
  return {
    issueId,
    path: place.cwd,
    branch: branch ?? detached,
    base: { name: shortName(tip.name), commit },
    files,
    total: all.length,
    added: counted.reduce((sum, { added }) => sum + (added ?? 0), 0),
    removed: counted.reduce((sum, { removed }) => sum + (removed ?? 0), 0),
  };
}

/** Where the branch left its base; the base itself where they have nothing in common. */
async function mergeBase(git: Git, place: GitPlace, tip: string): Promise<string> {
  try {
    return (await git.read(place, ['merge-base', tip, 'HEAD'])).trim() || tip;
  } catch (error) {
    // Ends with 1 and says nothing; 128 where there is no commit yet.
    if (error instanceof GitFailure && (error.exitCode === 1 || error.reason === 'noCommit')) return tip;
    throw error;
  }
}

/** One after the other: what may be read in all is shared. */
async function withLines(folder: string, files: readonly ChangedFile[]): Promise<ChangedFile[]> {
  let left = maxCountedInAll;
  const counted: ChangedFile[] = [];
  for (const file of files) {
    const isOpen = file.status === 'untracked' && left > 0;
    const { lines, bytes } = isOpen
      ? await countLines(path.join(folder, file.path), Math.min(maxCountedBytes, left))
      : { lines: file.added, bytes: 0 };
    left -= bytes;
    counted.push({ ...file, added: lines });
  }
  return counted;
}

function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|remotes)\//, '');
}
