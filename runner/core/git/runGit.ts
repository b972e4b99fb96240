import { existsSync } from 'node:fs';
import { GitError, simpleGit } from 'simple-git';
import { GitFailure } from './gitFailure.ts';
import { type GitFailureReason, gitFailureReason } from './gitFailureReason.ts';

export interface GitCall {
  cwd: string;
  args: readonly string[];
  /** The whole environment git sees. */
  env: Readonly<Record<string, string>>;
  timeoutMs: number;
}

/**
 * The runner's own git commands run no program the repository names: no hooks, and no file system monitor, which
 * besides would stay behind as one process for every workspace.
 */
const config = ['core.hooksPath=/dev/null', 'core.fsmonitor=false'];

/** simple-git refuses these unless they are allowed; the values above and the scrubbed environment are ours to give. */
const unsafe = {
  allowUnsafeHooksPath: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeSshCommand: true,
  allowUnsafeAskPass: true,
};

/** What git ended with; a subclass because simple-git turns every other kind of error into text. */
class GitExit extends GitError {
  readonly exitCode: number;
  readonly stderr: string;

  constructor(exitCode: number, stderr: string) {
    super(undefined, stderr);
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

/**
 * Runs git once and returns its standard output. Each call has an instance of its own: one instance runs its commands
 * one after the other and drops the waiting ones when one fails.
 *
 * @throws GitFailure also when git exits with an error and says nothing.
 */
export async function runGit(call: GitCall): Promise<string> {
  return run(call, () => undefined);
}

/** The same, with its output as it is: a file's content need not be text. */
export async function runGitBytes(call: GitCall): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await run(call, (chunk) => chunks.push(chunk));
  return Buffer.concat(chunks);
}

async function run(call: GitCall, onOutput: (chunk: Buffer) => void): Promise<string> {
  const command = commandOf(call.args);
  if (!existsSync(call.cwd)) throw folderGone(command, call.cwd);
  const timeout = AbortSignal.timeout(call.timeoutMs);
  const git = simpleGit({
    baseDir: call.cwd,
    config,
    unsafe,
    allowEnvironment: Object.keys(call.env),
    abort: timeout,
    errors: (_error, { exitCode, stdErr }) =>
      exitCode === 0 ? undefined : new GitExit(exitCode, Buffer.concat(stdErr).toString('utf8')),
  }).env({ ...call.env });
  // simple-git 4.0.2 waits another 50 ms for commands that print nothing (55 ms instead of 4 ms). An empty chunk at the
  // end of the output counts as having printed; `end` always comes before the `close` that it waits for.
  git.outputHandler((_command, stdout) => {
    stdout.on('data', onOutput);
    stdout.once('end', () => stdout.emit('data', Buffer.alloc(0)));
  });
  try {
    return await git.raw([...call.args]);
  } catch (error) {
    const exitCode = error instanceof GitExit ? error.exitCode : -1;
    const stderr = error instanceof GitExit ? error.stderr : String(error);
    throw new GitFailure(reasonOf(timeout, stderr), { command, exitCode, stderr }, error);
  }
}

function reasonOf(timeout: AbortSignal, stderr: string): GitFailureReason {
  if (timeout.aborted) return 'timeout';
  return /spawn git ENOENT/.test(stderr) ? 'missing' : gitFailureReason(stderr);
}

function folderGone(command: string, cwd: string): GitFailure {
  return new GitFailure('other', { command, exitCode: -1, stderr: `there is no folder ${cwd}` });
}

/** `worktree add` of a whole argument vector. */
function commandOf(args: readonly string[]): string {
  const words = args.filter((arg) => !arg.startsWith('-') && !arg.includes('='));
  return words.slice(0, words[0] === 'worktree' || words[0] === 'stash' ? 2 : 1).join(' ');
}
