import net from 'node:net';
import { UserError } from '../protocol/errors.ts';
import { anotherDaemonRuns } from '../protocol/places.ts';
import { protocolVersion } from '../protocol/requests.ts';
import { findSocket } from './findSocket.ts';
import { RpcConnection } from './rpcConnection.ts';
import { RunnerClient } from './runnerClient.ts';
import type { StartedDaemon } from './startDaemon.ts';

export interface ConnectOptions {
  /** PANOPTICON_HOME, absolute. */
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  clientName: string;
  clientVersion: string;
  /** Path of the daemon's program (dist/runner.js); null: do not start one. */
  daemonScript: string | null;
}

/** A daemon that takes longer to answer is not waited for; starting one takes about 0.2 s on a slow machine. */
const startTimeoutMs = 20_000;
const handshakeTimeoutMs = 10_000;
/** Another starter that held the lock may have died before it listened: only then is a second start due. */
const secondStartMs = 2_000;

/**
 * The only way to the runner: connects to the daemon of `home` and starts it where none runs. An older daemon is
 * replaced, a newer one is left alone.
 *
 * @throws UserError when no daemon can be reached or started; `noDaemon` when none runs and none may be started.
 */
export async function connectRunner(options: ConnectOptions): Promise<RunnerClient> {
  const deadline = performance.now() + startTimeoutMs;
  let started: StartedDaemon | undefined;
  let nextStartAt = 0;
  for (let waitMs = 10; ; waitMs = Math.min(waitMs * 1.5, 150)) {
    const client = await tryConnect(options);
    if (client !== undefined) {
      if (await shakeHands(client, options)) return client;
      started = undefined;
      if (performance.now() > deadline) throw didNotStart('an older one keeps answering in its place');
      continue;
    }
    if (options.daemonScript === null) throw noDaemon();
    const exit = started?.exit();
    if (exit?.error !== undefined) throw exit.error;
    if (exit !== undefined && exit.code !== anotherDaemonRuns) throw didNotStart(`it ended with code ${exit.code}`);
    if (started === undefined || (exit !== undefined && performance.now() > nextStartAt)) {
      // Loaded when it is needed: most often a daemon runs.
      const { startDaemon } = await import('./startDaemon.ts');
      started = startDaemon(options.daemonScript, options.home, options.env);
      nextStartAt = performance.now() + secondStartMs;
    }
    if (performance.now() > deadline) throw didNotStart(`it did not answer within ${startTimeoutMs / 1000} s`);
    await delay(waitMs);
  }
}

/** Undefined when nobody listens; a connection that is refused is the only sign of a stale socket. */
async function tryConnect(options: ConnectOptions): Promise<RunnerClient | undefined> {
  const path = findSocket(options.home);
  if (path === undefined) return undefined;
  const socket = net.connect(path);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTDIR') return undefined;
    if (code === 'EAGAIN') return undefined;
    throw new UserError({
      code: 'connect',
      message: `The runner's socket ${path} cannot be opened (${code ?? 'unknown'}).`,
      cause: error,
    });
  }
  return new RunnerClient(new RpcConnection(socket));
}

/** False when the daemon was older, or ended meanwhile, so that another try is due. */
async function shakeHands(client: RunnerClient, options: ConnectOptions): Promise<boolean> {
  const closed = new Promise<undefined>((resolve) => client.onClose(() => resolve(undefined)));
  const hello = client.initialize({
    protocolVersion,
    client: {
      name: options.clientName,
      version: options.clientVersion,
      pid: process.pid,
      agentId: options.env['PAN_AGENT_ID'] ?? null,
    },
  });
  const answer = await within(handshakeTimeoutMs, Promise.race([hello, closed]));
  if (answer === undefined) return false;
  if (answer === 'late') {
    client.close();
    throw new UserError({
      code: 'daemonSilent',
      message: `The runner does not answer within ${handshakeTimeoutMs / 1000} s.`,
      hint: 'Look at its log, or restart it: pan daemon log, pan daemon restart',
    });
  }
  const [theirs, ours] = [majorOf(answer.protocolVersion), majorOf(protocolVersion)];
  if (theirs === ours) return true;
  if (theirs > ours) {
    client.close();
    throw new UserError({
      code: 'updateNeeded',
      message: `The runner is newer (${answer.version}) than this ${options.clientName} (${options.clientVersion}).`,
      hint: `Update ${options.clientName}.`,
    });
  }
  await within(handshakeTimeoutMs, Promise.race([client.daemon.shutdown().catch(throwRefusal), closed]));
  await within(handshakeTimeoutMs, closed);
  client.close();
  return false;
}

/** An agent may not replace the runner; that the connection breaks while it ends is as it should be. */
function throwRefusal(error: unknown): void {
  if (error instanceof UserError && error.code === 'notForAgents') throw error;
}

async function within<T>(timeoutMs: number, task: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), timeoutMs);
  });
  return Promise.race([task, late]).finally(() => clearTimeout(timer));
}

function delay(timeMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, timeMs));
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

function noDaemon(): UserError {
  return new UserError({ code: 'noDaemon', message: 'The runner is not running.', hint: 'Start it: pan up' });
}

function didNotStart(reason: string): UserError {
  return new UserError({
    code: 'daemonStart',
    message: `The runner did not start: ${reason}.`,
    hint: 'Look at its log: pan daemon log',
  });
}
