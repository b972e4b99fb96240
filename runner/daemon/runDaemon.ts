import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { scrubEnvironment } from '../core/environment.ts';
import { createExec } from '../core/exec.ts';
import { tryProcessLock } from '../core/files/processLock.ts';
import { writeAtomic } from '../core/files/writeAtomic.ts';
import { initHome } from '../core/install/initHome.ts';
import { installPanCommand } from '../core/install/panCommand.ts';
import { createPaths, panopticonHome } from '../core/paths.ts';
import { createPlatform } from '../core/platform/createPlatform.ts';
import { createRunner } from '../core/runner.ts';
import { systemClock } from '../core/systemClock.ts';
import { UserError } from '../protocol/errors.ts';
import { anotherDaemonRuns, daemonPlaces, socketName, tmuxSocketName } from '../protocol/places.ts';
import { protocolVersion } from '../protocol/requests.ts';
import type { DaemonApi } from '../protocol/runnerApi.ts';
import { FileLog } from './fileLog.ts';
import { HookServer } from './hookServer.ts';
import { IdleWatch } from './idleWatch.ts';
import { RpcServer } from './rpcServer.ts';
import { ensureSocketFolder } from './socketFolder.ts';

/** Injected by the build. */
declare const __PAN_VERSION__: string;

/**
 * The daemon of one PANOPTICON_HOME, until it is asked to stop or nobody needs it. Resolves with the process's exit
 * code. All its state is on disk and in tmux: it can be killed at any moment.
 */
export async function runDaemon(distFolder: string): Promise<number> {
  const home = panopticonHome(process.env, os.homedir());
  const paths = createPaths(home);
  const env: Record<string, string> = { ...scrubEnvironment(process.env), PANOPTICON_HOME: home };
  const clock = systemClock;
  await initHome(paths);

  const platform = createPlatform(process.platform, createExec(env));
  const startTime = await platform.startTimeOf(process.pid);
  if (startTime === undefined) throw noStartTime();
  const self = { pid: process.pid, startTime };
  const places = daemonPlaces(home);
  const lock = await tryProcessLock(places.lockFile, {
    self,
    startTimeOf: (pid) => platform.startTimeOf(pid),
  });
  if (!lock.acquired) return anotherDaemonRuns;
  await rm(places.downFile, { force: true });
  // Only the holder of the lock: of two starters that both made a folder, clients would be sent to the loser's.
  const socketFolder = await ensureSocketFolder(home, process.env);

  const log = new FileLog(paths.logFile, clock);
  process.on('uncaughtException', (error) => log.error('uncaught', error));
  process.on('unhandledRejection', (error) => log.error('unhandled', error));
  const electron = process.versions['electron'] !== undefined;
  await installPanCommand(paths, { node: process.execPath, pan: path.join(distFolder, 'pan.js'), electron });

  const runner = createRunner({
    paths,
    env,
    clock,
    log,
    platform,
    user: { home: os.homedir(), shell: env['SHELL'] || os.userInfo().shell || '/bin/sh' },
    self,
    tmuxSocket: path.join(socketFolder, tmuxSocketName),
    node: process.execPath,
    rehearsalProgram: path.join(distFolder, 'rehearsal.js'),
    hookUrl: () => hookServer.url,
  });
  const hookServer = new HookServer({
    portFile: paths.hookPortFile,
    tokens: runner.hookTokens,
    sink: (agentId, event) => runner.takeHookEvent(agentId, event),
    clock,
    log,
  });
  const socket = path.join(socketFolder, socketName);
  const startedAt = clock.now().toISOString();
  let stop: (reason: string) => void = () => undefined;
  const stopping = new Promise<string>((resolve) => {
    stop = resolve;
  });
  const idle = new IdleWatch({
    clock,
    log,
    isBusy: () => runner.hasLiveAgents(),
    onIdle: () => stop('nobody needs it'),
  });
  idle.pinned = existsSync(places.pinFile);
  const daemon: DaemonApi = {
    status: () =>
      Promise.resolve({
        running: true,
        pid: process.pid,
        version: __PAN_VERSION__,
        protocolVersion,
        socket,
        startedAt,
        clients: server.clientCount,
        pinned: idle.pinned,
      }),
    async pin({ pinned }) {
      if (pinned) await writeAtomic(places.pinFile, '');
      else await rm(places.pinFile, { force: true });
      idle.pinned = pinned;
      return daemon.status();
    },
    shutdown() {
      stop('it was asked to');
      return Promise.resolve();
    },
  };
  const server = new RpcServer({
    runner,
    daemon,
    version: __PAN_VERSION__,
    log,
    clock,
    onClients(count) {
      idle.clientsChanged(count);
      runner.clientsChanged(count);
    },
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
  process.on('SIGHUP', () => undefined);

  await hookServer.listen();
  await runner.start();
  await server.listen(socket);
  idle.clientsChanged(0);
  log.info(`daemon ${__PAN_VERSION__} started, pid ${process.pid}, socket ${socket}`);

  const reason = await stopping;
  log.info(`daemon stops: ${reason}`);
  await rm(socket, { force: true });
  await Promise.all([server.close(), hookServer.close()]);
  if (reason === 'nobody needs it') await runner.endIdleTmux();
  await runner.stop();
  await lock.release();
  return 0;
}

/** A lock that does not say when its holder started could be taken over by anybody. */
function noStartTime(): UserError {
  return new UserError({
    code: 'noStartTime',
    message: 'The runner cannot find its own process in the list of processes.',
    hint: `See whether the list can be read: ${process.platform === 'linux' ? 'ls /proc/self' : 'ps -p $$'}`,
  });
}
