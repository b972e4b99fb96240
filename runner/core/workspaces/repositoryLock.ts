import path from 'node:path';
import { UserError } from '../../protocol/errors.ts';
import { KeyedMutex } from '../files/keyedMutex.ts';
import { type LockDeps, withProcessLock } from '../files/processLock.ts';
import type { Clock } from '../ports.ts';

/** Runs a task while no other runner changes the worktrees of the repository (`commonDir`: where its refs are). */
export type RepositoryLock = <T>(commonDir: string, task: () => Promise<T>) => Promise<T>;

/** Making a worktree of a very large repository takes minutes. */
const timeoutMs = 5 * 60_000;

/** One lock for this process's tasks, and one in the repository for those of other runners on it. */
export function createRepositoryLock(deps: LockDeps & { clock: Clock }): RepositoryLock {
  const mutex = new KeyedMutex();
  return (commonDir, task) =>
    mutex.run(commonDir, () =>
      withProcessLock(
        path.join(commonDir, 'panopticon.lock'),
        deps,
        { timeoutMs, onTimeout: () => repositoryBusy(commonDir) },
        task,
      ),
    );
}

function repositoryBusy(commonDir: string): UserError {
  return new UserError({
    code: 'repositoryBusy',
    message: `Another runner has been changing the worktrees of ${path.dirname(commonDir)} for ${timeoutMs / 60_000} minutes.`,
    hint: 'Try again later.',
  });
}
