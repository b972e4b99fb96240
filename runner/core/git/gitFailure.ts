import type { GitFailureReason } from './gitFailureReason.ts';

/** git ended with an error. Callers ask for the reason (`GitFailure.is(error, 'branchExists')`), never for the text. */
export class GitFailure extends Error {
  readonly reason: GitFailureReason;
  /** What was asked of git, without its options: `worktree add`. */
  readonly command: string;
  /** -1 when git did not get as far as an exit code. */
  readonly exitCode: number;
  /** Everything git said on its standard error, in English. */
  readonly stderr: string;

  constructor(
    reason: GitFailureReason,
    details: { command: string; exitCode: number; stderr: string },
    cause?: unknown,
  ) {
    const line = mainLine(details.stderr);
    super(
      `git ${details.command}: ${line === '' ? `exit ${details.exitCode}` : line}`,
      cause === undefined ? undefined : { cause },
    );
    this.name = 'GitFailure';
    this.reason = reason;
    this.command = details.command;
    this.exitCode = details.exitCode;
    this.stderr = details.stderr;
  }

  static is(error: unknown, ...reasons: GitFailureReason[]): error is GitFailure {
    return error instanceof GitFailure && reasons.includes(error.reason);
  }
}

/** The line that tells most: the first `fatal:` one, else the last `error:` one, else the last. */
function mainLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((each) => each.startsWith('fatal:')) ?? lines.findLast((each) => each.startsWith('error:'));
  return (line ?? lines.at(-1) ?? '').replace(/^(fatal|error): /, '');
}
