import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { tempFolder, useTempFolder } from './tempFolder.ts';
import { waitFor } from './waitFor.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** How long anything may take on a busy machine. */
export const TIMEOUT_MS = 20_000;

/**
 * Gives every test of the suite the rehearsal program, a repository (its path has a space), a HOME and a spool folder of
 * its own, and a tmux server that is stopped after the test.
 */
export function useRehearsal() {
  const folder = useTempFolder('pan-rehearsal-');
  let buildFolder: string;
  let program: string;
  let env: NodeJS.ProcessEnv;
  let isServerUp = false;
  let servers = 0;

  before(() => {
    buildFolder = tempFolder('pan-rehearsal-build-');
    program = join(buildFolder, 'rehearsal.js');
    const entry = resolve('runner/core/runtimes/rehearsal/program/main.ts');
    buildSync({
      entryPoints: [entry],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      outfile: program,
    });
  });
  after(() => rmSync(buildFolder, { recursive: true, force: true }));

  beforeEach(() => {
    for (const each of [workspace(), home(), join(folder(), 'spool')]) mkdirSync(each);
    const { PATH, LANG } = process.env;
    env = {
      ...(PATH === undefined ? {} : { PATH }),
      ...(LANG === undefined ? {} : { LANG }),
      HOME: home(),
      TMPDIR: folder(),
      GIT_CONFIG_NOSYSTEM: '1',
      PAN_AGENT_ID: 'agent-min-1',
      PAN_ISSUE_ID: 'MIN-1',
      PAN_LAUNCH_ID: 'launch-1',
      PAN_SPOOL: join(folder(), 'spool'),
    };
    git('init', '--quiet', '--initial-branch=main');
    git('-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '--quiet', '--allow-empty', '--message=first');
  });
  afterEach(async () => {
    if (!isServerUp) return;
    // Killed and awaited, because a program that ends in order still reports into the folder that is removed next.
    if (format('#{pane_dead}') === '0') process.kill(Number(format('#{pane_pid}')), 'SIGKILL');
    await waitFor(() => format('#{pane_dead}') === '1' || undefined, { timeoutMs: TIMEOUT_MS, what: 'a dead pane' });
    stopServer();
  });

  return {
    dead,
    env: () => env,
    event,
    events,
    folder,
    git,
    home,
    key,
    names,
    panePid: () => Number(format('#{pane_pid}')),
    paste,
    run,
    screen,
    script,
    shows,
    start,
    stopServer,
    titled,
    tmux,
    workspace,
  };

  function script(turns: readonly (readonly Fields[])[]): string[] {
    const path = join(folder(), 'script.json');
    writeFileSync(path, JSON.stringify({ turns }));
    return ['--script', path];
  }

  function start(args: readonly string[], prompt?: string): void {
    isServerUp = true;
    const argv = [process.execPath, program, ...args, ...(prompt === undefined ? [] : ['--', prompt])];
    // biome-ignore format: one tmux command a line
    tmux(
      'start-server', ';', 'set-option', '-g', 'remain-on-exit', 'on', ';', 'set-option', '-g', 'escape-time', '0', ';',
      'new-session', '-d', '-s', 'r', '-x', '120', '-y', '40', '-c', workspace(), ...argv,
    );
  }

  function paste(text: string): void {
    execFileSync('tmux', ['-S', socket(), 'load-buffer', '-b', 'p', '-'], { env, input: text });
    tmux('paste-buffer', '-p', '-r', '-d', '-b', 'p', '-t', '=r:');
  }

  function key(name: string): void {
    tmux('send-keys', '-t', '=r:', name);
  }

  function screen(): string {
    return tmux('capture-pane', '-p', '-t', '=r:');
  }

  /** Waits until the screen shows it: tmux may draw later than the program reports. */
  async function shows(pattern: RegExp): Promise<void> {
    const probe = () => pattern.test(screen()) || undefined;
    await waitFor(probe, { timeoutMs: TIMEOUT_MS, what: `the screen to show ${pattern}` });
  }

  function format(text: string): string {
    return tmux('list-panes', '-t', '=r:', '-F', text).trim();
  }

  function titled(title: string): Promise<true> {
    return waitFor(() => format('#{pane_title}') === title || undefined, { timeoutMs: TIMEOUT_MS, what: title });
  }

  /** The exit code and signal of the pane's program, as `code/signal`. */
  function dead(): Promise<string> {
    const probe = () => {
      // tmux 3.3a at times misses the end of a program until the next one ends: pane_dead without a status.
      tmux('run-shell', '-b', 'true');
      const status = format('#{pane_dead} #{pane_dead_status}/#{pane_dead_signal}').split(' ')[1];
      return status === undefined || status === '/' ? undefined : status;
    };
    return waitFor(probe, { timeoutMs: TIMEOUT_MS, what: 'the program to end' });
  }

  function events(): Fields[] {
    const spool = join(folder(), 'spool');
    const files = readdirSync(spool).filter((name) => !name.startsWith('.'));
    return files.sort().map((name) => {
      const { agentId, launchId, source, event: fields } = JSON.parse(readFileSync(join(spool, name), 'utf8'));
      assert.deepEqual([agentId, launchId, source, fields.cwd], ['agent-min-1', 'launch-1', 'hook', workspace()]);
      return fields;
    });
  }

  function names(): unknown[] {
    return events().map((fields) => fields.hook_event_name);
  }

  function event(name: string, nth = 1): Promise<Fields> {
    const probe = () => events().filter((fields) => fields.hook_event_name === name)[nth - 1];
    return waitFor(probe, { timeoutMs: TIMEOUT_MS, what: `${name} ${nth}` });
  }

  function run(args: readonly string[], input: string) {
    const result = spawnSync(process.execPath, [program, ...args], { cwd: workspace(), env, input, encoding: 'utf8' });
    return { status: result.status, stdout: result.stdout, stderr: result.stderr };
  }

  function socket(): string {
    return join(folder(), `sock${servers}`);
  }

  function tmux(...args: readonly string[]): string {
    return execFileSync('tmux', ['-u', '-S', socket(), '-f', '/dev/null', ...args], { env, encoding: 'utf8' });
  }

  function git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: workspace(), env, encoding: 'utf8' });
  }

  /** The next server gets another socket: one that is going down still takes clients with it (tmux 3.3a). */
  function stopServer(): void {
    isServerUp = false;
    tmux('kill-server');
    servers += 1;
  }

  function workspace(): string {
    return join(folder(), 'work space');
  }

  function home(): string {
    return join(folder(), 'home');
  }
}
