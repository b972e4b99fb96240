/** More generations than any real process has; a bound against a listing that changes while it is read. */
const maxDepth = 64;

/**
 * The parent of `pid`, its parent, and so on, up to but without pid 1 (pid 0 has no process). Empty when `pid` is not
 * in `parents`, which maps a pid to the pid of its parent.
 */
export function ancestorsIn(parents: ReadonlyMap</* pid */ number, number>, pid: number): number[] {
  const ancestors: number[] = [];
  for (let parent = parents.get(pid); parent !== undefined && parent > 1; parent = parents.get(parent)) {
    ancestors.push(parent);
    if (ancestors.length === maxDepth) break;
  }
  return ancestors;
}
