import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf } from '../files/fileFailure.ts';
import { type WatchFolder, watchFolder } from '../files/watchFolder.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Clock } from '../ports.ts';

/** How often a folder that cannot be watched is looked at while an answer is on its way. */
const lookMs = 100;
/** A hook that is there takes it at once. */
const releaseMs = 2_000;

/**
 * Answers on their way to hooks that wait: files `agents/<id>/answers/<request id>.json`, which a hook takes away. They
 * need no connection, so that a hook outlives any daemon.
 */
export class AnswerFiles {
  private readonly paths: RunnerPaths;
  private readonly clock: Clock;
  private readonly watch: WatchFolder;
  /** Requests whose answer is on its way or was taken, until they have gone. */
  private readonly given = new Set<string>();

  constructor(deps: { paths: RunnerPaths; clock: Clock; watch?: WatchFolder }) {
    this.paths = deps.paths;
    this.clock = deps.clock;
    this.watch = deps.watch ?? watchFolder;
  }

  /** Resolves with whether the hook took what it is to print in time; what it did not take is taken back. */
  async give(agentId: string, requestId: string, output: unknown, timeoutMs: number): Promise<boolean> {
    this.given.add(requestId);
    const isTaken = await this.put(agentId, requestId, { output }, timeoutMs);
    if (!isTaken) this.given.delete(requestId);
    return isTaken;
  }

  /** Lets a hook go that was given no answer: it decides nothing. */
  async release(agentId: string, requestId: string): Promise<void> {
    await this.put(agentId, requestId, {}, releaseMs);
  }

  /** The request has gone. Answers whether an answer was given to it. */
  forget(requestId: string): boolean {
    return this.given.delete(requestId);
  }

  private async put(agentId: string, requestId: string, answer: object, timeoutMs: number): Promise<boolean> {
    if (!isRequestId(requestId)) return false;
    const file = path.join(this.paths.agent(agentId).answers, `${requestId}.json`);
    await writeAtomic(file, JSON.stringify(answer));
    await this.gone(file, timeoutMs);
    return !(await takeBack(file));
  }

  /** Resolves when the file is gone or the time is over. */
  private gone(file: string, timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const release: (() => void)[] = [];
      const look = (): void => {
        if (existsSync(file)) return;
        end();
      };
      const end = (): void => {
        for (const each of release.splice(0)) each();
        resolve();
      };
      const lookAgain = (): void => {
        release.push(
          this.clock.after(lookMs, () => {
            lookAgain();
            look();
          }),
        );
      };
      release.push(this.clock.after(timeoutMs, end));
      try {
        release.push(this.watch(path.dirname(file), { onChange: look, onGone: look, onError: lookAgain }));
      } catch {
        lookAgain();
      }
      // It may have been taken before the watch.
      look();
    });
  }
}

/** Ids come from hooks, and become names of files. */
export function isRequestId(id: string): boolean {
  return /^[A-Za-z0-9-]{1,64}$/.test(id);
}

/** False when somebody else took it. */
async function takeBack(file: string): Promise<boolean> {
  try {
    await rm(file);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
