import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../protocol/errors.ts';
import type { DaemonStatus } from '../protocol/models.ts';
import type { Context } from './context.ts';
import type { ConnectedRunner } from './host.ts';

export const noDaemonStatus: DaemonStatus = {
  running: false,
  pid: null,
  version: null,
  protocolVersion: null,
  socket: null,
  startedAt: null,
  clients: 0,
  pinned: false,
};

/** A daemon ends in milliseconds; this bounds one that does not. */
const stopTimeoutMs = 5_000;
const pollMs = 10;

/** The same, of a person who wants it to stay away: no editor starts it again by itself. */
export async function stopForGood(context: Context, runner: ConnectedRunner): Promise<void> {
  // Before it ends: an editor that loses its connection looks for the mark at once.
  await context.host.markDown(true);
  try {
    await stopDaemon(context, runner);
  } catch (error) {
    await context.host.markDown(false);
    throw error;
  }
}

/**
 * Asks the daemon to end and waits until its process is gone.
 *
 * @throws UserError `daemonStop` when it is still there after 5 s.
 */
export async function stopDaemon({ host }: Context, runner: ConnectedRunner): Promise<void> {
  const { pid } = await runner.daemon.status();
  await runner.daemon.shutdown();
  if (pid === null) return;
  const deadlineMs = host.monotonicMs() + stopTimeoutMs;
  while (host.isAlive(pid)) {
    if (host.monotonicMs() > deadlineMs) {
      throw new UserError({
        code: 'daemonStop',
        message: `The runner (pid ${pid}) has not ended within ${stopTimeoutMs / 1000} s.`,
        hint: 'Look at its log: pan daemon log',
      });
    }
    await delay(pollMs);
  }
}
