import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ulid } from 'ulid';
import { createExec } from '../../runner/core/exec.ts';
import { createPlatform } from '../../runner/core/platform/createPlatform.ts';
import type { Platform, ProcessIdentity } from '../../runner/core/platform/platform.ts';
import type { Exec, Log } from '../../runner/core/ports.ts';
import { createSpawnPiped, type SpawnPiped } from '../../runner/core/spawnPiped.ts';
import { launchScript } from '../../runner/core/tmux/launchScript.ts';
import type { Pane } from '../../runner/core/tmux/pane.ts';
import { TmuxServer } from '../../runner/core/tmux/tmuxServer.ts';
import { waitFor } from './waitFor.ts';

export interface TestTmux {
  server: TmuxServer;
  folder: string;
  /** Of all sessions that ask for no other one; no other test has it. */
  launchId: string;
  spoolFolder: string;
  platform: Platform;
  exec: Exec;
  spawnPiped: SpawnPiped;
  log: Log;
  /** How many processes were started through `exec` and `spawnPiped`. */
  starts(): number;
  /** Runs `argv` in a new session as an agent's tool. */
  run(
    name: string,
    argv: readonly [string, ...string[]],
    options?: { launchId?: string; title?: string },
  ): Promise<ProcessIdentity>;
  /** Waits until the pane is as `wanted` says. */
  pane(name: string, wanted: (pane: Pane) => boolean, what: string): Promise<Pane>;
}

const timeoutMs = 10_000;
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A tmux server of its own for every test, in a folder with a hostile name below `parent`; ended after the test. */
export function useTmux(parent: () => string): () => TestTmux {
  let current: TestTmux | undefined;
  beforeEach(() => {
    current = createTestTmux(path.join(parent(), `a b'c"#{x}$(touch x)`));
  });
  afterEach(async () => {
    const { server } = current ?? {};
    current = undefined;
    await server?.killServer();
    await waitFor(async () => (await server?.readPanes()) === undefined || undefined, {
      timeoutMs,
      what: 'tmux to end',
    });
  });
  return () => {
    if (current === undefined) throw new Error('useTmux: there is a server only while a test runs');
    return current;
  };
}

function createTestTmux(folder: string): TestTmux {
  mkdirSync(folder, { recursive: true });
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, TERM: 'xterm-256color', SHELL: '/bin/sh' };
  const plainExec = createExec(env);
  const plainSpawn = createSpawnPiped(env);
  let started = 0;
  const exec: Exec = (...call) => {
    started++;
    return plainExec(...call);
  };
  const spawnPiped: SpawnPiped = (...call) => {
    started++;
    return plainSpawn(...call);
  };
  const spoolFolder = path.join(folder, 'spool');
  const configFile = path.join(folder, 'tmux.conf');
  const server = new TmuxServer({ exec, log: silent, env, socket: path.join(folder, 's'), configFile, spoolFolder });
  const platform = createPlatform(process.platform, exec);
  const ownLaunchId = ulid();
  return {
    ...{ server, folder, launchId: ownLaunchId, spoolFolder, platform, exec, spawnPiped, log: silent },
    starts: () => started,
    async run(name, argv, options = {}) {
      const scriptPath = path.join(folder, `${name}.launch.sh`);
      const launchId = options.launchId ?? ownLaunchId;
      const exitFile = path.join(folder, `${name}.exit.json`);
      writeFileSync(scriptPath, launchScript({ cwd: folder, env: {}, argv, exitFile, launchId }), { mode: 0o600 });
      const { panePid } = await server.startSession({
        name,
        cwd: folder,
        scriptPath,
        statusTitle: options.title ?? name,
      });
      return { pid: panePid, startTime: (await platform.startTimeOf(panePid)) ?? 'gone' };
    },
    pane: (name, wanted, what) =>
      waitFor(async () => (await server.listPanes()).find((pane) => pane.session === name && wanted(pane)), {
        timeoutMs,
        what,
      }),
  };
}
