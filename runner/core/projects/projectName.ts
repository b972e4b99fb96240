/** What can be typed after `--project` without quotes and shown on one line; letters of any script. */
const namePattern = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]{0,63}$/u;

export function isProjectName(text: string): boolean {
  return namePattern.test(text);
}

/** A name made from a folder's name, different (also in case) from all names that are taken. */
export function deriveName(folderName: string, taken: readonly string[]): string {
  const cleaned = folderName
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}._-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+|[-.]+$/gu, '');
  const base = [...cleaned].slice(0, 48).join('') || 'project';
  const used = new Set(taken.map((name) => name.toLowerCase()));
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}-${count}`;
    if (!used.has(name.toLowerCase())) return name;
  }
}
