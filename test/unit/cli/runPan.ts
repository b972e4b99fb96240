import type { Host, OfflineRunner, Sink } from '../../../runner/cli/host.ts';
import { runCli } from '../../../runner/cli/runCli.ts';
import { UserError } from '../../../runner/protocol/errors.ts';
import { type Answers, type Call, FakeRunner } from './fakeRunner.ts';

export const now = new Date('2026-11-22T14:35:00.000Z');

export interface World {
  answers?: Answers;
  env?: Record<string, string>;
  cwd?: string;
  platform?: string;
  /** Columns of the terminal that stdout and stderr are; not a terminal unless given. */
  terminal?: number;
  stdin?: string;
  isDaemonRunning?: boolean;
  offline?: OfflineRunner;
  host?: Partial<Host>;
}

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
  calls: Call[];
  /** `startIfMissing` of every connection. */
  connections: boolean[];
  leftOpen: number;
  inTerminal: { argv: readonly string[]; env: Readonly<Record<string, string | undefined>> }[];
  spooled: string[];
  /** Whether editors were told to start no daemon. */
  staysDown: boolean;
}

/** Runs the real command line in a made-up world. */
export async function runPan(argv: readonly string[], world: World = {}): Promise<Ran> {
  const runner = new FakeRunner(world.answers);
  const [stdout, stderr] = [memorySink(world.terminal), memorySink(world.terminal)];
  const connections: boolean[] = [];
  const inTerminal: Ran['inTerminal'] = [];
  const spooled: string[] = [];
  let clockMs = 0;
  let staysDown = false;
  const host: Host = {
    version: '0.1.0',
    env: { LANG: 'C.UTF-8', HOME: '/home/ada', ...world.env },
    platform: world.platform ?? 'linux',
    cwd: () => world.cwd ?? '/home/ada',
    now: () => now,
    monotonicMs: () => {
      clockMs += 700;
      return clockMs;
    },
    stdout: stdout.sink,
    stderr: stderr.sink,
    stdinIsTTY: () => world.terminal !== undefined,
    readStdin: async () => world.stdin ?? '',
    home: () => '/home/ada/.panopticon',
    connect: async ({ startIfMissing }) => {
      connections.push(startIfMissing);
      if (!startIfMissing && world.isDaemonRunning === false) {
        throw new UserError({ code: 'noDaemon', message: 'The runner is not running.' });
      }
      runner.openConnections += 1;
      return runner.api;
    },
    markDown: async (isDown) => {
      staysDown = isDown;
    },
    openOffline: () => {
      if (world.offline === undefined) throw new Error('nobody expected openOffline');
      return world.offline;
    },
    takeHookEvent: async (text) => {
      spooled.push(text);
      return '';
    },
    runInTerminal: async (program, env) => {
      inTerminal.push({ argv: program, env });
      return 0;
    },
    isAlive: () => false,
    ...world.host,
  };
  const code = await runCli(argv, host);
  return {
    code,
    stdout: stdout.text(),
    stderr: stderr.text(),
    calls: runner.calls,
    connections,
    leftOpen: runner.openConnections,
    inTerminal,
    spooled,
    staysDown,
  };
}

function memorySink(columns: number | undefined): { sink: Sink; text(): string } {
  let written = '';
  return {
    sink: {
      isTTY: columns !== undefined,
      columns,
      write: async (text) => {
        written += text;
      },
    },
    text: () => written,
  };
}
