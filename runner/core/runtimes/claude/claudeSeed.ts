import { mkdir, realpath, rmdir, stat } from 'node:fs/promises';
import { UserError } from '../../../protocol/errors.ts';
import { errnoOf } from '../../files/fileFailure.ts';
import { type LockDeps, withProcessLock } from '../../files/processLock.ts';
import { readRegular, UnfitFile } from '../../files/readRegular.ts';
import { writeAtomic } from '../../files/writeAtomic.ts';
import type { Clock } from '../../ports.ts';

export interface Seed {
  /** Root of the main repository: Claude Code 2.1.330 trusts all its worktrees by this entry. */
  projectRoot: string;
  /** An API key that was configured for these agents, so that it is not asked about, or null. */
  apiKey: string | null;
}

const lockTimeoutMs = 10_000;
/** Largest state file that is read, in bytes; it grows with every project. */
const maxBytes = 64 * 1024 * 1024;
/** Claude Code 2.1.330 (proper-lockfile) takes a lock over that was not touched for this long. */
const toolLockStaleMs = 10_000;

/**
 * Has Claude Code's own state file say what its first-start dialogs would ask, so that it starts unattended. Keys of the
 * user's are never changed; a file that needs nothing is not written.
 *
 * @throws UserError when the file is not a JSON object.
 */
export async function seedClaude(file: string, seed: Seed, deps: LockDeps & { clock: Clock }): Promise<void> {
  if ((await seeded(file, seed)) === undefined) return;
  await withProcessLock(
    `${file}.panopticon.lock`,
    deps,
    { timeoutMs: lockTimeoutMs, onTimeout: () => busy(file) },
    () =>
      withToolLock(file, deps.clock, async () => {
        const text = await seeded(file, seed);
        if (text !== undefined) await writeAtomic(await targetOf(file), text, await modeOf(file));
      }),
  );
}

/** The file's new text, or undefined when it says everything already. Pure. */
export function mergeSeed(text: string | undefined, { projectRoot, apiKey }: Seed): string | undefined {
  const before = text === undefined || text.trim() === '' ? {} : objectOf(JSON.parse(text));
  if (before === undefined) throw new SyntaxError('not an object');
  const projects = objectOf(before['projects']) ?? {};
  const project = objectOf(projects[projectRoot]) ?? {};
  const responses = objectOf(before['customApiKeyResponses']) ?? {};
  const approved = listOf(responses['approved']);
  const key = apiKey?.slice(-20);
  const isAsked = key !== undefined && !approved.includes(key) && !listOf(responses['rejected']).includes(key);
  const needs = [before['hasCompletedOnboarding'] !== true, project['hasTrustDialogAccepted'] !== true, isAsked];
  if (!needs.includes(true)) return undefined;
  const after = {
    ...before,
    hasCompletedOnboarding: true,
    ...(isAsked ? { customApiKeyResponses: { ...responses, approved: [...approved, key] } } : {}),
    projects: { ...projects, [projectRoot]: { ...project, hasTrustDialogAccepted: true } },
  };
  return `${JSON.stringify(after, null, 2)}${text === undefined || text.endsWith('\n') ? '\n' : ''}`;
}

async function seeded(file: string, seed: Seed): Promise<string | undefined> {
  const text = await textOf(file);
  try {
    return mergeSeed(text, seed);
  } catch (error) {
    throw invalid(file, error);
  }
}

/** The lock of the tool itself, a folder beside the file. One that stays taken is not worth not starting for. */
async function withToolLock(file: string, clock: Clock, task: () => Promise<void>): Promise<void> {
  const lock = `${await targetOf(file)}.lock`;
  const deadline = clock.monotonicMs() + toolLockStaleMs;
  let isMine = false;
  while (!isMine && clock.monotonicMs() < deadline) {
    isMine = await made(lock);
    if (!isMine) await new Promise<void>((resolve) => void clock.after(50, resolve));
  }
  try {
    await task();
  } finally {
    if (isMine) await rmdir(lock);
  }
}

async function made(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** People keep such files in a repository and link to them: the link stays. */
async function targetOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    // Not there yet.
    return file;
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readRegular(file, { maxBytes, followsLinks: true });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    if (error instanceof UnfitFile) throw invalid(file, error);
    throw error;
  }
}

async function modeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).mode & 0o777;
  } catch {
    // A new one is for its owner only.
    return 0o600;
  }
}

function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function invalid(file: string, cause: unknown): UserError {
  return new UserError({
    code: 'runtimeNotReady',
    message: `${file} is not valid JSON, so Claude Code cannot be started unattended.`,
    hint: 'Repair it, or start `claude` once by hand: it keeps copies in its backups folder.',
    cause,
  });
}

function busy(file: string): UserError {
  return new UserError({
    code: 'runtimeNotReady',
    message: `${file} is being changed by another Panopticon.`,
    hint: 'Try again in a moment.',
  });
}
