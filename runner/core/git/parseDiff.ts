export interface DiffEntry {
  /** git's letter: A, M, D, R, T, U and so on. */
  letter: string;
  path: string;
  /** The path before a rename or copy. */
  from: string | null;
  /** Lines; null where git does not count them. */
  added: number | null;
  removed: number | null;
}

/** Reads `git diff --raw --numstat -z`: first what changed, then how many lines, by path. Nothing in it is quoted. */
export function parseDiff(text: string): DiffEntry[] {
  const fields = text.split('\0').values();
  const next = (): string => fields.next().value ?? '';
  const entries = new Map</* path */ string, DiffEntry>();
  for (const field of fields) {
    if (field.startsWith(':')) {
      const letter = /[A-Z](?=\d*$)/.exec(field)?.[0] ?? 'M';
      const first = next();
      const isMoved = letter === 'R' || letter === 'C';
      const path = isMoved ? next() : first;
      entries.set(path, { letter, path, from: isMoved ? first : null, added: null, removed: null });
      continue;
    }
    const [, added = '', removed = '', name = ''] = /^(\d+|-)\t(\d+|-)\t(.*)$/s.exec(field) ?? [];
    if (added === '') continue;
    if (name === '') next();
    const entry = entries.get(name === '' ? next() : name);
    if (entry === undefined) continue;
    entry.added = countOf(added);
    entry.removed = countOf(removed);
  }
  return [...entries.values()];
}

function countOf(text: string): number | null {
  return text === '-' ? null : Number(text);
}
