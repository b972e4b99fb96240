export type StatusKind = 'changed' | 'renamed' | 'unmerged' | 'untracked' | 'ignored';

export interface StatusEntry {
  kind: StatusKind;
  /** Relative to the top of the work tree. An untracked folder that is a repository of its own ends with a slash. */
  path: string;
  /** The path before a rename or copy. */
  from: string | null;
  /** The entry is a submodule with other commits, modified or untracked files. */
  submoduleWork: boolean;
}

export interface GitStatus {
  /** Null before the first commit. */
  head: string | null;
  /** Short name; null when HEAD is detached. */
  branch: string | null;
  upstream: string | null;
  entries: StatusEntry[];
}

/** How many space-separated fields stand before the path, by the first character of a porcelain v2 line. */
const fieldsBeforePath = new Map([
  ['1', 8],
  ['2', 9],
  ['u', 10],
  ['?', 1],
  ['!', 1],
]);
const kinds: Readonly<Record<string, StatusKind>> = {
  '1': 'changed',
  '2': 'renamed',
  u: 'unmerged',
  '?': 'untracked',
  '!': 'ignored',
};

/** Reads `git status --porcelain=v2 -z --branch`. Lines of kinds that are not known are passed over. */
export function parseStatus(text: string): GitStatus {
  const status: GitStatus = { head: null, branch: null, upstream: null, entries: [] };
  const lines = text.split('\0');
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.startsWith('# ')) {
      readHeader(status, line);
      continue;
    }
    const type = line.charAt(0);
    const kind = kinds[type];
    if (kind === undefined) continue;
    const fields = line.split(' ');
    const before = fieldsBeforePath.get(type) ?? 1;
    if (kind === 'renamed') index += 1;
    status.entries.push({
      kind,
      path: fields.slice(before).join(' '),
      from: kind === 'renamed' ? (lines[index] ?? '') : null,
      submoduleWork: before > 1 && /^S(?!\.\.\.)/.test(fields[2] ?? ''),
    });
  }
  return status;
}

function readHeader(status: GitStatus, line: string): void {
  const [, key, ...rest] = line.split(' ');
  const value = rest.join(' ');
  if (key === 'branch.oid') status.head = value === '(initial)' ? null : value;
  else if (key === 'branch.head') status.branch = value === '(detached)' ? null : value;
  else if (key === 'branch.upstream') status.upstream = value;
}
