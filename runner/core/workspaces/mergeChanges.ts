import type { ChangedFile, FileStatus } from '../../protocol/workspaceModels.ts';
import type { DiffEntry } from '../git/parseDiff.ts';
import type { StatusEntry } from '../git/parseStatus.ts';
import { isRunnerOwned } from './workspaceNames.ts';

const statuses: Readonly<Record<string, FileStatus>> = {
  A: 'added',
  C: 'added',
  D: 'deleted',
  R: 'renamed',
  U: 'conflicted',
};

/**
 * What differs from the base, by path: of `diff` (the base against the files that git knows) and `status` (which of them
 * conflict, and the files that git does not know; their lines are not counted yet). Without the runner's own files.
 */
export function mergeChanges(diff: readonly DiffEntry[], status: readonly StatusEntry[]): ChangedFile[] {
  const files = new Map</* path */ string, ChangedFile>();
  for (const { letter, path, from, added, removed } of diff) {
    const kind = statuses[letter] ?? 'modified';
    files.set(path, { path, from: kind === 'renamed' ? from : null, status: kind, added, removed });
  }
  for (const { kind, path: named } of status) {
    // A folder that is a repository of its own ends with a slash.
    const path = named.replace(/\/$/, '');
    const known = files.get(path);
    if (kind === 'unmerged') {
      files.set(path, { path, from: null, added: null, removed: null, ...known, status: 'conflicted' });
    } else if (kind === 'untracked') {
      // Taken out of the index and still there: to people it is a file that may have changed.
      const isKept = known?.status === 'deleted';
      files.set(path, {
        path,
        from: null,
        status: isKept ? 'modified' : 'untracked',
        added: null,
        removed: isKept ? null : 0,
      });
    }
  }
  return [...files.values()].filter(({ path }) => !isRunnerOwned(path)).sort(byPath);
}

/** By code units: a locale's order would differ from machine to machine. */
function byPath(a: ChangedFile, b: ChangedFile): number {
  return a.path < b.path ? -1 : 1;
}
