/** One entry of `git worktree list --porcelain -z`. */
export interface Worktree {
  path: string;
  /** Object id; null for a bare repository. All zeros when the branch has no commit or HEAD cannot be read. */
  head: string | null;
  /** Short name of the branch; null when detached or bare. */
  branch: string | null;
  bare: boolean;
  /** Why it is locked (may be empty); null when it is not. */
  locked: string | null;
  /** Why `git worktree prune` would forget it; null when it would not. */
  prunable: string | null;
}

/** The first entry is the main checkout. */
export function parseWorktreeList(text: string): Worktree[] {
  return text
    .split('\0\0')
    .filter((record) => record !== '')
    .map(parseRecord);
}

function parseRecord(record: string): Worktree {
  const worktree: Worktree = { path: '', head: null, branch: null, bare: false, locked: null, prunable: null };
  for (const line of record.split('\0')) {
    const space = line.indexOf(' ');
    const key = space < 0 ? line : line.slice(0, space);
    const value = space < 0 ? '' : line.slice(space + 1);
    if (key === 'worktree') worktree.path = value;
    else if (key === 'HEAD') worktree.head = value;
    else if (key === 'branch') worktree.branch = value.replace(/^refs\/heads\//, '');
    else if (key === 'bare') worktree.bare = true;
    else if (key === 'locked') worktree.locked = value;
    else if (key === 'prunable') worktree.prunable = value;
  }
  return worktree;
}
