/**
 * What is inside of the last frame on the screen, line by line. Undefined when the composer stands below it, which is
 * never so while a dialog waits; warnings may.
 */
export function lastBox(screen: string): string[] | undefined {
  const lines = screen.split('\n').map((line) => line.trimEnd());
  const bottom = lines.findLastIndex((line) => /^╰─+╯$/.test(line));
  const top = lines.slice(0, Math.max(bottom, 0)).findLastIndex((line) => /^╭─+╮$/.test(line));
  const below = lines.slice(bottom + 1);
  if (top === -1 || below.some((line) => /^─{20,}$/.test(line) || /[╭│]/.test(line))) return undefined;
  return lines.slice(top + 1, bottom).map(withoutFrame);
}

export function withoutFrame(line: string): string {
  return line.replace(/^│ ?/, '').replace(/ *│ *$/, '');
}
