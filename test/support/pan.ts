import { spawn } from 'node:child_process';
import path from 'node:path';

/** What `npm run build` made. */
export const panProgram = path.resolve('dist/pan.js');

export interface PanOptions {
  /** PANOPTICON_HOME. */
  home: string;
  /** HOME; PANOPTICON_HOME's parent unless given. */
  userHome?: string;
  cwd?: string;
  /** Standard input; empty unless given. */
  input?: string;
  /** Added to the otherwise clean environment. */
  env?: Readonly<Record<string, string>>;
  /** Another build of the command line. */
  program?: string;
  timeoutMs?: number;
}

export interface PanResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built command line with an environment of four variables: HOME, PANOPTICON_HOME, PATH and LANG. */
export function pan(args: readonly string[], options: PanOptions): Promise<PanResult> {
  const { home, userHome = path.dirname(home), cwd = userHome, input = '', timeoutMs = 60_000 } = options;
  const child = spawn(process.execPath, [options.program ?? panProgram, ...args], {
    cwd,
    env: {
      HOME: userHome,
      PANOPTICON_HOME: home,
      PATH: process.env['PATH'] ?? '',
      LANG: 'C.UTF-8',
      // Inside VS Code this process is Electron.
      ...('electron' in process.versions && { ELECTRON_RUN_AS_NODE: '1' }),
      ...options.env,
    },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A program that ends without reading its input closes it, which is its right.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
  });
}

/** As `pan`, for commands that have to succeed: the document that they print with `--json`. */
export async function panJson<T>(args: readonly string[], options: PanOptions): Promise<T> {
  const { code, stdout, stderr } = await pan([...args, '--json'], options);
  if (code !== 0) throw new Error(`pan ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}
