import { spawn } from 'node:child_process';
import { UserError, type UserErrorData } from '../protocol/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How a daemon that ended at once ended. `error` is what it said, when a user can do something about it. */
export interface EarlyExit {
  code: number | null;
  error: UserError | undefined;
}

export interface StartedDaemon {
  /** Set once the process has ended. */
  exit(): EarlyExit | undefined;
}

/**
 * Starts the daemon detached: own session, no terminal, nothing of an agent in its environment (an agent's `pan` may
 * be who starts it, and what carries an agent's launch id is ended with that agent).
 */
export function startDaemon(script: string, node: string, home: string, env: Environment): StartedDaemon {
  const child = spawn(node, [script], {
    cwd: '/',
    detached: true,
    env: daemonEnvironment(home, env, isElectron(node)),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  let exit: EarlyExit | undefined;
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (chunk: string) => {
    said = (said + chunk).slice(-16_384);
  });
  child.on('error', (error) => {
    exit = {
      code: null,
      error: new UserError({ code: 'daemonStart', message: `The runner could not be started: ${error.message}.` }),
    };
  });
  child.on('close', (code) => {
    exit ??= { code, error: errorIn(said) };
  });
  child.unref();
  if ('unref' in child.stderr && typeof child.stderr.unref === 'function') child.stderr.unref();
  return { exit: () => exit };
}

/**
 * The environment of whoever starts it. Inside an agent that is not a person's: what its runtime added, secrets among
 * it, must not reach the other agents, and the PATH is the one the runner had.
 */
export function daemonEnvironment(home: string, env: Environment, electron: boolean): Record<string, string> {
  const added = new Set((env['PAN_VARIABLES'] ?? '').split(' '));
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !/^(PAN_|TMUX|ELECTRON_)/.test(name) && !added.has(name)) kept[name] = value;
  }
  const searchPath = env['PAN_PATH'];
  if (searchPath !== undefined) kept['PATH'] = searchPath;
  kept['PANOPTICON_HOME'] = home;
  if (electron) kept['ELECTRON_RUN_AS_NODE'] = '1';
  return kept;
}

/** Our own program is an editor, and becomes a Node only where it is told to. */
function isElectron(node: string): boolean {
  return process.versions['electron'] !== undefined && node === process.execPath;
}

/** A daemon that cannot start says why in its last line, as JSON. */
function errorIn(said: string): UserError | undefined {
  try {
    const data = JSON.parse(said.trim().split('\n').at(-1) ?? '') as UserErrorData;
    if (typeof data.message === 'string' && typeof data.code === 'string') return new UserError(data);
  } catch {
    // Not JSON: the daemon ended in a way that it did not foresee; its log says more.
  }
  return undefined;
}
