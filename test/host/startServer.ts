import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { scrubEnvironment } from '../../runner/core/environment.ts';
import { tempFolder } from '../support/tempFolder.ts';
import { waitFor } from '../support/waitFor.ts';
import { type Edition, findInstallation, type Installation } from './installation.ts';

export interface ServerOptions {
  edition?: Edition;
  /** User settings, over those that keep VS Code quiet. They are read when a window opens. */
  settings?: Readonly<Record<string, unknown>>;
  /** Files of extensions that are installed first. */
  vsix?: readonly string[];
  /** Over the scrubbed environment of this process; reaches the extension host. HOME is a temporary folder unless named. */
  env?: Readonly<Record<string, string>>;
  /** Whether pages may name an extension under development. It costs the toasts: they go to the notification center. */
  isDevelopment?: boolean;
}

/** A running VS Code, without a page that shows it. */
export interface Server {
  readonly edition: Edition;
  /** Where it keeps settings, extensions and logs; removed by `stop`. */
  readonly folder: string;
  /** The address of a window with this folder, or of an empty one. */
  url(workspace?: string, payload?: ReadonlyArray<readonly [string, string]>): string;
  /** How a window names a file of this machine. */
  remote(file: string): string;
  log(): string;
  /** Ends the server and all that it started in its process group. */
  stop(): Promise<void>;
}

const installTimeoutMs = 60_000;
const startTimeoutMs = 30_000;
const stopTimeoutMs = 5_000;

/** Nothing that asks, greets, looks for news, or changes what tests and pictures show. */
const quietSettings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.showReleaseNotes': false,
  'git.openRepositoryInParentFolders': 'never',
  'chat.disableAIFeatures': true,
  'window.confirmBeforeClose': 'never',
};

/** Starts a VS Code server of its own on 127.0.0.1: empty profile, no other extensions, a HOME in a temporary folder. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const { edition = 'newest', settings = {}, vsix = [], env = {}, isDevelopment = false } = options;
  const installation = findInstallation(edition);
  const folder = tempFolder('pan-code-');
  const places = makePlaces(folder, { ...quietSettings, ...settings });
  const host = {
    // No gallery: nothing is looked up outside of this machine.
    env: { ...scrubEnvironment(process.env), HOME: folder, ...env, EXTENSIONS_GALLERY: '{}' },
    output: openSync(places.log, 'a'),
    installation,
  };
  try {
    for (const file of vsix) await install(host, places, file);
  } catch (error) {
    closeSync(host.output);
    removeFolder(folder);
    throw error;
  }
  const port = await freePort();
  const authority = `127.0.0.1:${port}`;
  const child = run(host, [
    ...places.options,
    ...['--auth', 'none', '--bind-addr', authority],
    ...['--disable-telemetry', '--disable-update-check'],
    ...(settings['security.workspace.trust.enabled'] === true ? [] : ['--disable-workspace-trust']),
    ...['--disable-getting-started-override', '--ignore-last-opened'],
    ...(isDevelopment && installation.needsDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ]);
  closeSync(host.output);
  const log = () => readFileSync(places.log, 'utf8');
  const stop = endWith(child, folder);
  try {
    await waitFor(() => answers(child, authority), { timeoutMs: startTimeoutMs, what: 'VS Code to answer' });
  } catch (cause) {
    const said = log();
    await stop();
    throw new Error(`VS Code does not start. ${said}`, { cause });
  }
  return {
    edition,
    folder,
    url: (workspace, payload = []) => urlOf(authority, workspace, payload),
    remote: (file) => `vscode-remote://${authority}${file}`,
    log,
    stop,
  };
}

interface Host {
  env: Record<string, string>;
  /** File descriptor of the log. */
  output: number;
  installation: Installation;
}

interface Places {
  log: string;
  /** Command line options that keep everything in the folder. */
  options: string[];
}

function makePlaces(folder: string, settings: Readonly<Record<string, unknown>>): Places {
  const data = path.join(folder, 'data');
  const extensions = path.join(folder, 'extensions');
  for (const each of [path.join(data, 'User'), extensions]) mkdirSync(each, { recursive: true });
  writeFileSync(path.join(data, 'User/settings.json'), JSON.stringify(settings, undefined, 2));
  const config = path.join(folder, 'config.yaml');
  return {
    log: path.join(folder, 'server.log'),
    options: ['--config', config, '--user-data-dir', data, '--extensions-dir', extensions],
  };
}

async function install(host: Host, places: Places, vsix: string): Promise<void> {
  const child = run(host, [...places.options, '--install-extension', vsix]);
  const timer = setTimeout(() => child.kill('SIGKILL'), installTimeoutMs);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
  if (code !== 0) throw new Error(`${vsix} cannot be installed. ${readFileSync(places.log, 'utf8')}`);
}

function run(host: Host, args: readonly string[]): ChildProcess {
  const { node, program } = host.installation;
  const stdio = ['ignore', host.output, host.output] as const;
  return spawn(node, [program, ...args], { env: host.env, stdio: [...stdio], detached: true });
}

async function answers(child: ChildProcess, authority: string): Promise<true | undefined> {
  if (hasEnded(child)) throw new Error(`The server ended with ${child.exitCode ?? child.signalCode}.`);
  try {
    return (await fetch(`http://${authority}/healthz`)).ok ? true : undefined;
  } catch {
    return undefined; // Nobody listens yet.
  }
}

/** Also ends it with this process, however that ends short of SIGKILL. */
function endWith(child: ChildProcess, folder: string): () => Promise<void> {
  const signal = (name: NodeJS.Signals) => {
    try {
      // The whole group: server, extension host, terminals.
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // Nothing of it is left.
    }
  };
  const onExit = () => {
    signal('SIGKILL');
    removeFolder(folder);
  };
  const onTerminate = () => process.exit(143);
  process.once('exit', onExit);
  process.once('SIGTERM', onTerminate);
  return async () => {
    const ended = new Promise<void>((resolve) => {
      if (hasEnded(child)) resolve();
      else child.once('exit', () => resolve());
    });
    signal('SIGTERM');
    const timer = setTimeout(() => signal('SIGKILL'), stopTimeoutMs);
    await ended;
    clearTimeout(timer);
    signal('SIGKILL');
    process.off('exit', onExit);
    process.off('SIGTERM', onTerminate);
    removeFolder(folder);
  };
}

function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('There is no free port.'));
        else resolve(address.port);
      });
    });
  });
}

function urlOf(
  authority: string,
  workspace: string | undefined,
  payload: ReadonlyArray<readonly [string, string]>,
): string {
  const url = new URL(`http://${authority}/`);
  if (workspace === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', workspace);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
