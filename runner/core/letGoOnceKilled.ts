/** A child process. */
interface Killable {
  readonly killed: boolean;
  readonly stdout: { destroy(): unknown } | null;
  readonly stderr: { destroy(): unknown } | null;
  once(event: 'exit', listener: (code: number | null, signal: string | null) => void): unknown;
}

/**
 * Does not wait for the output of a program that was killed, also where it took the signal for a reason to end by
 * itself. Somebody else may hold it open: tmux gives its own to the server, and one that hangs never closes it.
 */
export function letGoOnceKilled(program: Killable): void {
  program.once('exit', (_code, signal) => {
    if (signal === null && !program.killed) return;
    program.stdout?.destroy();
    program.stderr?.destroy();
  });
}
