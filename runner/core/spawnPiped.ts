import { execa } from 'execa';
import { letGoOnceKilled } from './letGoOnceKilled.ts';

/** A program that stays and is talked with over pipes. */
export interface PipedProcess {
  /** Undefined when it could not be started. */
  pid: number | undefined;
  /** Says nothing when the program has ended: `onEnd` does. */
  write(text: string): void;
  /** Closes its standard input, and ends it when that does not end it within `graceMs`. */
  end(graceMs: number): void;
}

export interface PipedHandlers {
  /** Its standard output, in pieces as they come; characters are never split. */
  onText(text: string): void;
  /** Called once, also when the program could not be started; nothing comes after it. */
  onEnd(): void;
}

/**
 * Starts such a program. It does not keep us from exiting, and ends with us: whatever way we end, the system closes its
 * standard input.
 */
export type SpawnPiped = (command: string, args: readonly string[], handlers: PipedHandlers) => PipedProcess;

/** `env` is the whole environment of the programs. */
export function createSpawnPiped(env: Readonly<Record<string, string>>): SpawnPiped {
  return (command, args, handlers) => {
    const child = execa(command, args, {
      env,
      extendEnv: false,
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'ignore',
      buffer: false,
      reject: false,
      cleanup: false,
      forceKillAfterDelay: false,
    });
    child.unref();
    letGoOnceKilled(child);
    unrefStream(child.stdin);
    unrefStream(child.stdout);
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => handlers.onText(text));
    // EPIPE: the program ended while we wrote; the end itself is reported below.
    child.stdin.on('error', () => undefined);
    void child.then(handlers.onEnd, handlers.onEnd);
    return {
      pid: child.pid,
      write: (text) => {
        if (child.stdin.writable) child.stdin.write(text);
      },
      end: (graceMs) => {
        child.stdin.end();
        const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
        kill.unref();
        child.once('exit', () => clearTimeout(kill));
      },
    };
  };
}

/** The pipes of a child are sockets, which hold the event loop by themselves; their types do not say so. */
function unrefStream(stream: object): void {
  if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
}
