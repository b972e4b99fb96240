import { spawn } from 'node:child_process';

export interface ProgramResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote to stdout and stderr. */
  readonly output: string;
}

interface ProgramOptions {
  readonly cwd: string;
  readonly input?: string;
  readonly signal: AbortSignal;
}

const KEPT_OUTPUT_BYTES = 64 * 1024;
// A program that ignores SIGTERM for this long is killed.
const KILL_AFTER_MS = 1_000;
// A grandchild may keep the pipes open for ever; what has not arrived by then is not waited for.
const LAST_OUTPUT_MS = 200;

/** Runs a program to its end; ends it when the signal aborts. Rejects when it cannot be started. */
export function runProgram(argv: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  const [command = '', ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    const kept = new KeptOutput();
    let killTimer: NodeJS.Timeout | undefined;
    const terminate = () => {
      child.kill('SIGTERM');
      killTimer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    };
    // The program may end without reading its input (EPIPE): its exit code tells what matters.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.stdout.on('data', (chunk: Buffer) => kept.add(chunk));
    child.stderr.on('data', (chunk: Buffer) => kept.add(chunk));
    const release = () => {
      clearTimeout(killTimer);
      options.signal.removeEventListener('abort', terminate);
    };
    child.on('error', (error) => {
      release();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      release();
      const finish = () => {
        clearTimeout(outputTimer);
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code, signal, output: kept.toString() });
      };
      const outputTimer = setTimeout(finish, LAST_OUTPUT_MS);
      child.on('close', finish);
    });
    if (options.signal.aborted) terminate();
    else options.signal.addEventListener('abort', terminate, { once: true });
  });
}

class KeptOutput {
  #bytes: Buffer = Buffer.alloc(0);

  add(chunk: Buffer): void {
    const all = Buffer.concat([this.#bytes, chunk]);
    this.#bytes = all.length > KEPT_OUTPUT_BYTES ? Buffer.from(all.subarray(-KEPT_OUTPUT_BYTES)) : all;
  }

  toString(): string {
    return this.#bytes.toString('utf8');
  }
}
