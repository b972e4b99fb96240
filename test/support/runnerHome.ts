import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { connectRunner } from '../../runner/client/connectRunner.ts';
import type { RunnerClient } from '../../runner/client/runnerClient.ts';
import { errnoOf } from '../../runner/core/files/fileFailure.ts';
import { createPaths } from '../../runner/core/paths.ts';
import { agentIdOf } from '../../runner/protocol/issueId.ts';
import type { Agent, Issue } from '../../runner/protocol/models.ts';
import { daemonPlaces, fitsSockets, tmuxSocketName } from '../../runner/protocol/places.ts';
import { type PanResult, pan, panJson, panProgram } from './pan.ts';
import { platform } from './platform.ts';
import { makeRepository, TestRepository } from './repository.ts';
import { tempFolder } from './tempFolder.ts';
import { waitFor } from './waitFor.ts';

export interface RunnerHomeOptions {
  /** The folder of another RunnerHome, which stays the one to stop it: both see the same home. */
  folder?: string | undefined;
  /** Path of HOME below the folder of the test. */
  homeName?: string;
  /** Added to the environment of `pan`, and so to that of the daemon it starts. */
  env?: Readonly<Record<string, string>>;
}

type Step = Readonly<Record<string, unknown>>;

/** How long anything may take on a busy machine. */
export const patienceMs = 30_000;

/** A HOME of its own with a repository, a daemon (once something starts it), and a tmux server. */
export class RunnerHome {
  /** Holds everything below; removed at the end. */
  readonly folder: string;
  readonly userHome: string;
  /** PANOPTICON_HOME. */
  readonly home: string;
  readonly paths: ReturnType<typeof createPaths>;
  readonly repository: TestRepository;
  readonly env: Record<string, string>;
  private client: RunnerClient | undefined;

  constructor(options: RunnerHomeOptions = {}) {
    this.folder = options.folder ?? tempFolder('pan-');
    this.userHome = path.join(this.folder, options.homeName ?? 'h');
    this.home = path.join(this.userHome, '.panopticon');
    this.paths = createPaths(this.home);
    const temporary = path.join(this.folder, 't');
    for (const each of [this.userHome, temporary]) mkdirSync(each, { recursive: true });
    const repository = path.join(this.userHome, 'my app');
    this.repository = existsSync(repository) ? new TestRepository(repository) : makeRepository(repository);
    this.env = { TMPDIR: temporary, GIT_CONFIG_NOSYSTEM: '1', ...options.env };
  }

  pan(
    args: readonly string[],
    options: { input?: string; cwd?: string; env?: Record<string, string> } = {},
  ): Promise<PanResult> {
    return pan(args, this.with(options));
  }

  /** As `pan`, for commands that have to succeed: their JSON. */
  json<T>(args: readonly string[], options: { input?: string; cwd?: string } = {}): Promise<T> {
    return panJson<T>(args, this.with(options));
  }

  async addProject(prefix = 'MIN'): Promise<void> {
    await this.json(['project', 'add', this.repository.path, '--prefix', prefix]);
  }

  /** Creates an issue and returns its id. */
  async issue(title: string): Promise<string> {
    return (await this.json<{ issue: Issue }>(['issue', 'create', '--title', title])).issue.id;
  }

  /** What the rehearsal plays from its next start on. */
  script(turns: readonly (readonly Step[])[]): void {
    const file = path.join(this.folder, 'script.json');
    writeFileSync(file, JSON.stringify({ turns }));
    this.config(`[runtimes.rehearsal]\nscript = ${JSON.stringify(file)}\n`);
  }

  config(text: string): void {
    mkdirSync(this.home, { recursive: true, mode: 0o700 });
    writeFileSync(this.paths.configFile, text);
  }

  /** One connection that lasts; it starts the daemon. A connection whose daemon has ended is replaced. */
  async runner(): Promise<RunnerClient> {
    if (this.client !== undefined) return this.client;
    const client = await this.connect();
    client.onClose(() => {
      if (this.client === client) this.client = undefined;
    });
    this.client = client;
    return client;
  }

  /** @throws UserError where `daemonScript` is null and no daemon runs. */
  connect(daemonScript: string | null = path.join(path.dirname(panProgram), 'runner.js')): Promise<RunnerClient> {
    const env = { HOME: this.userHome, PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...this.env };
    return connectRunner({ home: this.home, env, clientName: 'test', clientVersion: '0', daemonScript });
  }

  async agents(): Promise<Agent[]> {
    return (await this.runner()).agents.list();
  }

  /** Waits until the agent of the issue is as `wanted` says, or has that status; asks again whenever it changed. */
  async agent(issueId: string, wanted: Agent['status'] | ((agent: Agent) => boolean)): Promise<Agent> {
    const fits = typeof wanted === 'string' ? (agent: Agent) => agent.status === wanted : wanted;
    let last: Agent | undefined;
    const probe = async (): Promise<Agent | undefined> => {
      last = (await this.agents()).find((agent) => agent.issueId === issueId);
      return last !== undefined && fits(last) ? last : undefined;
    };
    const what = `${issueId} to be ${typeof wanted === 'string' ? wanted : 'as wanted'}`;
    return waitFor(probe, { timeoutMs: patienceMs, what }).catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : String(error)} It is ${JSON.stringify(last)}`);
    });
  }

  /** Presses keys in the agent's terminal, as a person who is attached to it. */
  press(issueId: string, ...keys: string[]): void {
    this.tmux('send-keys', '-t', `=${agentIdOf(issueId)}:`, ...keys);
  }

  /** Runs a command of this home's tmux server. */
  tmux(...args: string[]): string {
    const env = { PATH: process.env['PATH'] ?? '', HOME: this.userHome };
    return execFileSync('tmux', ['-N', '-u', '-S', this.tmuxSocket(), ...args], {
      env,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  }

  /** Ids of the daemons of this home, by the list of processes. */
  async daemons(): Promise<number[]> {
    const all = await platform.pidsWithVariable('PANOPTICON_HOME', this.home);
    const parents = new Map((await platform.list()).map((facts) => [facts.pid, facts]));
    const marked = await Promise.all(
      all.map(async (pid) => ({ pid, launch: await platform.variableOf(pid, 'PAN_LAUNCH_ID') })),
    );
    return marked
      .filter(({ pid, launch }) => launch === undefined && isDaemon(pid, parents.get(pid)?.command))
      .map(({ pid }) => pid);
  }

  /** Ends the daemon, tmux, and the agents in it, insists that nothing is left, and removes the folder. */
  async stop(): Promise<void> {
    try {
      await this.end();
    } finally {
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
    }
  }

  /** As `stop`, but the files stay. */
  async end(): Promise<void> {
    this.client?.close();
    this.client = undefined;
    try {
      if (existsSync(this.home)) await this.pan(['daemon', 'stop']);
      this.killTmux();
      // What agents started in sessions of their own does not hear of the end of their terminal. And tmux 3.3a at times
      // waits for ever for a control client whose daemon was killed.
      const tmux = new Set(
        (await platform.list()).filter(({ command }) => command.startsWith('tmux')).map(({ pid }) => pid),
      );
      // Again and again: an agent that is killed may have been about to start something.
      const gone = async () => {
        const left = await this.processes();
        for (const pid of left) {
          if (tmux.has(pid) || (await platform.variableOf(pid, 'PAN_LAUNCH_ID')) !== undefined) killOne(pid);
        }
        return left.length === 0 ? true : undefined;
      };
      await waitFor(gone, { timeoutMs: 10_000, what: `all processes of ${this.home} to end` }).catch(
        async (cause: unknown) => {
          const left = (await this.processes()).map(commandLine);
          throw new Error(`These still run: ${left.join(' | ')}`, { cause });
        },
      );
    } finally {
      for (const pid of await this.processes()) killOne(pid);
    }
  }

  /** Everything that runs with this PANOPTICON_HOME. */
  async processes(): Promise<number[]> {
    const pids = await platform.pidsWithVariable('PANOPTICON_HOME', this.home);
    return pids.filter((pid) => pid !== process.pid);
  }

  private killTmux(): void {
    try {
      this.tmux('kill-server');
    } catch {
      // None runs.
    }
  }

  private tmuxSocket(): string {
    const { runFolder, socketFolderFile } = daemonPlaces(this.home);
    const folder = fitsSockets(Buffer.byteLength(runFolder)) ? runFolder : readFileSync(socketFolderFile, 'utf8');
    return path.join(folder, tmuxSocketName);
  }

  private with<T extends { cwd?: string; env?: Record<string, string> }>(options: T) {
    const { home, userHome } = this;
    return { home, userHome, cwd: this.repository.path, ...options, env: { ...this.env, ...options.env } };
  }
}

/** Gives the suite a home of its own for every test; stopped and removed after it. */
export function useRunnerHome(options: RunnerHomeOptions = {}): () => RunnerHome {
  let current: RunnerHome | undefined;
  beforeEach(() => {
    current = new RunnerHome(options);
  });
  afterEach(async () => {
    const ending = current;
    current = undefined;
    await ending?.stop();
  });
  return () => {
    if (current === undefined) throw new Error('useRunnerHome: there is a home only while a test runs');
    return current;
  };
}

/** Whether a process of this home is its daemon and not tmux or something that a test started. */
function isDaemon(pid: number, command: string | undefined): boolean {
  if (command === undefined) return false;
  return commandLine(pid).includes('runner.js');
}

function commandLine(pid: number): string {
  try {
    return execFileSync('ps', ['-ww', '-o', 'pid=,ppid=,args=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  } catch {
    return `${pid} has ended`;
  }
}

/** What was found among the processes may have ended meanwhile. */
export function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (errnoOf(error) !== 'ESRCH') throw error;
  }
}
