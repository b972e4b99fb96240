/** Time, passed in so that tests can move it. */
export interface Clock {
  now(): Date;
  /** Milliseconds of a clock that never jumps; only differences mean something. */
  monotonicMs(): number;
  /** Calls `run` once after `ms` milliseconds, unless the returned function is called before. */
  after(ms: number, run: () => void): () => void;
}

/** The one log. Secrets are redacted by whoever implements it. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: unknown): void;
}

export interface ExecOptions {
  cwd?: string | undefined;
  /** Written to the program's standard input, which is then closed. */
  input?: string | Uint8Array | undefined;
  /** Added to the scrubbed environment. */
  env?: Readonly<Record<string, string>> | undefined;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export interface ExecResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs a program with an argument vector, never through a shell. Rejects with ExecFailure when it cannot be started,
 * is ended by a signal, takes longer than `timeoutMs`, or exits with another code than 0.
 */
export type Exec = (command: string, args: readonly string[], options: ExecOptions) => Promise<ExecResult>;

export type Environment = Readonly<Record<string, string | undefined>>;
