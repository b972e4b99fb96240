import { existsSync } from 'node:fs';
import net from 'node:net';
import { UserError } from '../protocol/errors.ts';
import { anotherDaemonRuns, daemonPlaces } from '../protocol/places.ts';
import { protocolVersion } from '../protocol/requests.ts';
import { findSocket } from './findSocket.ts';
import { RpcConnection } from './rpcConnection.ts';
import { RunnerClient } from './runnerClient.ts';
import { silentDaemon } from './silentDaemon.ts';
import type { StartedDaemon } from './startDaemon.ts';

export interface ConnectOptions {
  /** PANOPTICON_HOME, absolute. */
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  clientName: string;
  clientVersion: string;
  /** Path of the daemon's program (dist/runner.js); null: do not start one. */
  daemonScript: string | null;
  /** The Node that runs the daemon; by default the one that runs this. */
  nodePath?: string | undefined;
  /** A daemon that a person stopped is not started again: for clients that act by themselves. */
  respectDown?: boolean | undefined;
}

/** A daemon that takes longer to answer is not waited for; starting one takes about 0.2 s on a slow machine. */
const startTimeoutMs = 20_000;
const handshakeTimeoutMs = 10_000;
/** Another starter that held the lock may have died before it listened: only then is a second start due. */
const secondStartMs = 2_000;

/**
 * The only way to the runner: connects to the daemon of `home` and starts it where none runs. An older daemon is
 * replaced, a newer one is left alone; who may start none is content with an older minor version.
 *
 * @throws UserError when no daemon can be reached or started; `noDaemon` when none runs and none may be started;
 * `runnerDown` when a person stopped it and that is respected.
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
    if (options.respectDown === true && existsSync(daemonPlaces(options.home).downFile)) throw runnerDown();
    const exit = started?.exit();
    if (exit?.error !== undefined) throw exit.error;
    if (exit !== undefined && exit.code !== anotherDaemonRuns) throw didNotStart(`it ended with code ${exit.code}`);
    if (started === undefined || (exit !== undefined && performance.now() > nextStartAt)) {
      // Loaded when it is needed: most often a daemon runs.
      const { startDaemon } = await import('./startDaemon.ts');
      started = startDaemon(options.daemonScript, options.nodePath ?? process.execPath, options.home, options.env);
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
    // Full, or gone before it took the connection: the system resets what a listener that ends leaves behind.
    if (code === 'EAGAIN' || code === 'ECONNRESET') return undefined;
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
    throw silentDaemon(options.home, handshakeTimeoutMs);
  }
  const fit = fitOf(answer.protocolVersion, protocolVersion);
  // Where none may be started, one that lacks only what came later is better than none.
  if (fit === 'fits' || (fit === 'olderMinor' && options.daemonScript === null)) return true;
  if (fit === 'newer') {
    client.close();
    throw new UserError({
      code: 'updateNeeded',
      message: `The runner is newer (${answer.version}) than this ${options.clientName} (${options.clientVersion}).`,
      hint: `Update ${options.clientName}.`,
    });
  }
  const ending = client.daemon.shutdown().then(
    () => 'ends' as const,
    (error: unknown) => refusalOf(error),
  );
  const refusal = await within(handshakeTimeoutMs, Promise.race([ending, closed]));
  if (refusal instanceof UserError) {
    // It lacks only what came later.
    if (fit === 'olderMinor') return true;
    client.close();
    throw refusal;
  }
  await within(handshakeTimeoutMs, closed);
  client.close();
  return false;
}

/** An agent may not replace the runner; that the connection breaks while it ends is as it should be. */
function refusalOf(error: unknown): UserError | 'ends' {
  return error instanceof UserError && error.code === 'notForAgents' ? error : 'ends';
}

/** How a daemon's protocol stands to ours; both are `major.minor`. */
export function fitOf(theirs: string, ours: string): 'fits' | 'newer' | 'olderMajor' | 'olderMinor' {
  const [[major, minor], [ownMajor, ownMinor]] = [numbersOf(theirs), numbersOf(ours)];
  if (major !== ownMajor) return major > ownMajor ? 'newer' : 'olderMajor';
  return minor >= ownMinor ? 'fits' : 'olderMinor';
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

function numbersOf(version: string): [major: number, minor: number] {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return [major, minor];
}

function noDaemon(): UserError {
  return new UserError({ code: 'noDaemon', message: 'The runner is not running.', hint: 'Start it: pan up' });
}

function runnerDown(): UserError {
  return new UserError({
    code: 'runnerDown',
    message: 'The runner was stopped by pan down.',
    hint: 'Start it: pan up',
  });
}

function didNotStart(reason: string): UserError {
  return new UserError({
    code: 'daemonStart',
    message: `The runner did not start: ${reason}.`,
    hint: 'Look at its log: pan daemon log',
  });
}
