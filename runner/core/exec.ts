import { ExecaError, execa } from 'execa';
import { letGoOnceKilled } from './letGoOnceKilled.ts';
import type { Exec, ExecOptions, ExecResult } from './ports.ts';

/** Why a program did not end well. `missing`: the program itself was not found. */
export type ExecFailureReason = 'missing' | 'exit' | 'signal' | 'timeout' | 'canceled' | 'failed';

export class ExecFailure extends Error {
  readonly command: string;
  readonly reason: ExecFailureReason;
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;

  constructor(
    command: string,
    reason: ExecFailureReason,
    details: Partial<ExecResult> & { timeoutMs?: number },
    cause: unknown,
  ) {
    const tail = (details.stderr ?? '').trim().split('\n').at(-1) ?? '';
    const code = details.exitCode === undefined ? '' : ` ${details.exitCode}`;
    const what =
      reason === 'timeout' && details.timeoutMs !== undefined
        ? `${command} did not answer within ${details.timeoutMs / 1000} s`
        : `${command}: ${reason}${code}`;
    super(`${what}${tail && `: ${tail}`}`, { cause });
    this.name = 'ExecFailure';
    this.command = command;
    this.reason = reason;
    this.exitCode = details.exitCode;
    this.stdout = details.stdout ?? '';
    this.stderr = details.stderr ?? '';
  }
}

/** Most output that is kept of one program, in characters; longer output ends it. */
const maxOutput = 64 * 1024 * 1024;

/** The door to other programs. `env` is the whole environment they see, apart from what one call adds. */
export function createExec(env: Readonly<Record<string, string>>): Exec {
  return async (command: string, args: readonly string[], options: ExecOptions): Promise<ExecResult> => {
    try {
      const program = execa(command, args, {
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
        env: { ...env, ...options.env },
        extendEnv: false,
        timeout: options.timeoutMs,
        ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
        maxBuffer: maxOutput,
        stripFinalNewline: false,
        forceKillAfterDelay: 2_000,
      });
      letGoOnceKilled(program);
      const result = await program;
      return { exitCode: 0, stdout: result.stdout, stderr: result.stderr };
    } catch (error) {
      throw asExecFailure(command, options.timeoutMs, error);
    }
  };
}

function asExecFailure(command: string, timeoutMs: number, error: unknown): unknown {
  if (!(error instanceof ExecaError)) return error;
  return new ExecFailure(
    command,
    reasonOf(error),
    {
      timeoutMs,
      ...(error.exitCode === undefined ? {} : { exitCode: error.exitCode }),
      stdout: typeof error.stdout === 'string' ? error.stdout : '',
      stderr: typeof error.stderr === 'string' ? error.stderr : '',
    },
    error,
  );
}

function reasonOf(error: ExecaError): ExecFailureReason {
  if (error.code === 'ENOENT') return 'missing';
  if (error.timedOut) return 'timeout';
  if (error.isCanceled) return 'canceled';
  if (error.isTerminated) return 'signal';
  return error.exitCode === undefined ? 'failed' : 'exit';
}
