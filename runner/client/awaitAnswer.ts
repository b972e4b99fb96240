import { randomUUID } from 'node:crypto';
import { type FSWatcher, mkdirSync, readFileSync, rmSync, watch } from 'node:fs';
import path from 'node:path';

/** A request that a tool's hook waits to have answered. */
export interface WaitingRequest {
  /** Names the request, and the file of its answer. */
  id: string;
  /** This process: as long as it lives, an answer reaches the tool. */
  pid: number;
  /** Where the answer appears: `{"output": what the hook prints}`, without output to decide nothing. */
  file: string;
}

/** How often it is seen whether the tool still lives, and the folder is looked at where it cannot be watched, in ms. */
const defaultLookMs = 30_000;
const unwatchedLookMs = 1_000;

/** The request that this event is, where somebody may answer it. */
export function waitingRequest(
  env: Readonly<Record<string, string | undefined>>,
  text: string,
): WaitingRequest | undefined {
  const folder = env['PAN_ANSWERS'];
  // Nearly every event is another one, and is not parsed for this.
  if (folder === undefined || !path.isAbsolute(folder) || !text.includes('"PermissionRequest"')) return undefined;
  const event: unknown = JSON.parse(text);
  if (typeof event !== 'object' || event === null || !('hook_event_name' in event)) return undefined;
  if (event.hook_event_name !== 'PermissionRequest') return undefined;
  const id = randomUUID();
  return { id, pid: process.pid, file: path.join(folder, `${id}.json`) };
}

/**
 * Waits for the answer and takes its file away. Resolves with what the hook has to print; empty when nothing is decided:
 * somebody answered elsewhere, the tool has ended, or it asks this process to. Works without a daemon, and over the
 * end of one.
 */
export function awaitAnswer(request: WaitingRequest, lookMs = defaultLookMs): Promise<string> {
  const caller = callerOf();
  return new Promise((resolve) => {
    const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
    const stepBack = (): void => end('');
    const look = (): void => {
      const output = takeAnswer(request.file);
      if (output !== undefined) end(output);
    };
    for (const signal of signals) process.on(signal, stepBack);
    const watcher = watchFolder(path.dirname(request.file), look);
    const timer = setInterval(
      () => {
        if (callerOf() === caller) look();
        else end('');
      },
      watcher === undefined ? Math.min(unwatchedLookMs, lookMs) : lookMs,
    );
    const end = (output: string): void => {
      watcher?.close();
      clearInterval(timer);
      for (const signal of signals) process.off(signal, stepBack);
      resolve(output);
    };
    // It may have come before the watch.
    look();
  });
}

/** Undefined where the folder cannot be watched (no inotify watches left). */
function watchFolder(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const watcher = watch(folder, onChange);
    watcher.on('error', onChange);
    return watcher;
  } catch {
    return undefined;
  }
}

/** Undefined while there is none. An answer that was taken back between reading and removing does not count. */
function takeAnswer(file: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(file);
    const output = typeof answer === 'object' && answer !== null && 'output' in answer ? answer.output : undefined;
    return output === undefined || output === null ? '' : JSON.stringify(output);
  } catch {
    return undefined;
  }
}

/**
 * Who called this hook: its parent, and, since tools call hooks through a shell that would outlive them, the parent of
 * that (proc(5), the field behind the state; macOS has no /proc and tells the first only).
 */
function callerOf(): string {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return String(process.ppid);
  }
}
