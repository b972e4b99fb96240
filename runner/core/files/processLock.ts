import { randomBytes } from 'node:crypto';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { number, object, safeParse, string } from 'valibot';
import type { Clock } from '../ports.ts';
import { errnoOf, fileFailure } from './fileFailure.ts';
import { makeFolder } from './makeFolder.ts';
import { readRegular, UnfitFile } from './readRegular.ts';

const holderSchema = object({ pid: number(), startTime: string(), nonce: string() });

/** Who holds a lock: a process, told apart from a later one with the same pid by its start time. */
export interface LockHolder {
  pid: number;
  startTime: string;
  /** Different for every acquisition. */
  nonce: string;
}

/** What stands in a lock's place and is none of ours. */
const unknownHolder: LockHolder = { pid: 0, startTime: '', nonce: 'unreadable' };

export interface LockDeps {
  self: { pid: number; startTime: string };
  /** The start time of a process, undefined when there is none. */
  startTimeOf(pid: number): Promise<string | undefined>;
}

export type LockAttempt = { acquired: true; release: () => Promise<void> } | { acquired: false; holder: LockHolder };

/**
 * Tries to take the lock file `file` for this process. A complete file is made by link(), so there is no moment in
 * which two processes hold it or in which it is half written. A lock whose holder is gone is taken over by whoever
 * first takes a second lock named after that holder's nonce: two starters that see the same dead holder cannot both win.
 */
export async function tryProcessLock(file: string, deps: LockDeps): Promise<LockAttempt> {
  if (deps.self.startTime === '') throw new Error(`a lock without a start time could be taken by anybody: ${file}`);
  const mine: LockHolder = { ...deps.self, nonce: randomBytes(8).toString('hex') };
  const temporary = `${file}.${mine.nonce}.tmp`;
  try {
    await makeFolder(path.dirname(file));
    await writeFile(temporary, JSON.stringify(mine), { mode: 0o600, flag: 'wx' });
    const holder = await takeOrFindHolder(file, temporary, deps);
    if (holder !== undefined) return { acquired: false, holder };
    return { acquired: true, release: () => releaseIfMine(file, mine.nonce) };
  } catch (error) {
    throw fileFailure(error, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Waits for the lock, runs `task` holding it, and releases it. `onTimeout` makes the error when it stays taken. */
export async function withProcessLock<T>(
  file: string,
  deps: LockDeps & { clock: Clock },
  options: { timeoutMs: number; onTimeout: (holder: LockHolder) => Error },
  task: () => Promise<T>,
): Promise<T> {
  const deadline = deps.clock.monotonicMs() + options.timeoutMs;
  for (let waitMs = 5; ; waitMs = Math.min(waitMs * 2, 200)) {
    const attempt = await tryProcessLock(file, deps);
    if (attempt.acquired) {
      try {
        return await task();
      } finally {
        await attempt.release();
      }
    }
    if (deps.clock.monotonicMs() > deadline) throw options.onTimeout(attempt.holder);
    await new Promise<void>((resolve) => deps.clock.after(waitMs * (0.5 + Math.random()), resolve));
  }
}

async function takeOrFindHolder(file: string, temporary: string, deps: LockDeps): Promise<LockHolder | undefined> {
  for (;;) {
    if (await linkExclusively(temporary, file)) return undefined;
    const holder = await readHolder(file);
    if (holder === undefined) continue;
    if (holder.startTime !== '' && (await deps.startTimeOf(holder.pid)) === holder.startTime) return holder;
    const claim = await tryProcessLock(`${file}.${holder.nonce}`, deps);
    if (!claim.acquired) return claim.holder;
    try {
      if ((await readHolder(file))?.nonce !== holder.nonce) continue;
      await rename(temporary, file);
      return undefined;
    } finally {
      await claim.release();
    }
  }
}

/** False when the lock file is there already. */
async function linkExclusively(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when the file is gone. A file that is no lock of ours counts as one of a dead process. */
async function readHolder(file: string): Promise<LockHolder | undefined> {
  let text: string;
  try {
    text = await readRegular(file, { maxBytes: 64 * 1024 });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    if (error instanceof UnfitFile) return unknownHolder;
    throw error;
  }
  try {
    const parsed = safeParse(holderSchema, JSON.parse(text));
    if (parsed.success && /^[0-9a-f]+$/.test(parsed.output.nonce)) return parsed.output;
  } catch {
    // Not JSON: falls through to the answer for anything that is no lock of ours.
  }
  return unknownHolder;
}

async function releaseIfMine(file: string, nonce: string): Promise<void> {
  if ((await readHolder(file))?.nonce === nonce) await rm(file, { force: true });
}
