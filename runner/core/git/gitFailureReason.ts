export type GitFailureReason =
  | 'notARepository'
  /** A bare repository, or a folder inside `.git`: there are no files to work on. */
  | 'noWorkTree'
  | 'noCommit'
  | 'branchExists'
  | 'alreadyCheckedOut'
  | 'pathExists'
  /** Files that git does not know, or that are changed, are where it would write. */
  | 'wouldOverwrite'
  | 'lockHeld'
  /** git itself was not found. */
  | 'missing'
  | 'tooOld'
  /** The repository belongs to another user (`safe.directory`). */
  | 'notTrusted'
  | 'diskFull'
  | 'corrupt'
  | 'timeout'
  | 'other';

/**
 * The only place that looks at git's words. They are the untranslated ones (git runs with LC_ALL=C) of git 2.34 to 2.51.
 * The first row that matches wins, so causes stand above the failures they lead to.
 */
const reasons: readonly (readonly [pattern: RegExp, reason: GitFailureReason])[] = [
  [/No space left on device|Disk quota exceeded/, 'diskFull'],
  // A checkout that runs out of space says only this (2.39); other causes are named behind a colon.
  [/unable to write file (?!.*: [A-Z])/, 'diskFull'],
  [/Unable to create '.*\.lock': File exists|could not lock config file .*File exists/, 'lockHeld'],
  [/detected dubious ownership/, 'notTrusted'],
  [/unknown (switch|option)/, 'tooOld'],
  [/not a git repository/i, 'notARepository'],
  [/must be run in a work tree/, 'noWorkTree'],
  [/index file (corrupt|smaller|open failed)|bad (index file|signature|tree object)|invalid gitfile format/, 'corrupt'],
  [/(object file|loose object) .*(is empty|is corrupt)|unable to read (tree|sha1)|inflate: data stream/, 'corrupt'],
  [/[Aa] branch named '.*' already exists/, 'branchExists'],
  [/already (checked out|used by worktree) at/, 'alreadyCheckedOut'],
  [/'.*' already exists$/m, 'pathExists'],
  [/Needed a single revision|does not have any commits yet|unknown revision|bad revision/, 'noCommit'],
  [/invalid reference: |not a valid object name|not a tree object/i, 'noCommit'],
  [/would be overwritten by|not uptodate\. Cannot|would lose untracked files/, 'wouldOverwrite'],
];

export function gitFailureReason(stderr: string): GitFailureReason {
  return reasons.find(([pattern]) => pattern.test(stderr))?.[1] ?? 'other';
}
