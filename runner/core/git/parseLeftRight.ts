/** Reads `git rev-list --left-right --count left...right`: commits that only the one side has. */
export function parseLeftRight(text: string): { left: number; right: number } {
  const match = /^(\d+)\s+(\d+)\s*$/.exec(text);
  if (match === null) throw new Error(`not a pair of counts: ${JSON.stringify(text.slice(0, 80))}`);
  return { left: Number(match[1]), right: Number(match[2]) };
}
