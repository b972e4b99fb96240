import { mkdir, rm, writeFile } from 'node:fs/promises';
import { UserError } from '../protocol/errors.ts';
import { daemonPlaces } from '../protocol/places.ts';
import type { Environment, Host } from './host.ts';
import { isAlive } from './isAlive.ts';
import { openOffline } from './openRunner.ts';
import { outputSink } from './outputSink.ts';

/** The real world. `distFolder` is where dist/runner.js lies. */
export function processHost(version: string, distFolder: string): Host {
  const { env } = process;
  return {
    version,
    env,
    platform: process.platform,
    cwd: currentFolder,
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    stdout: outputSink(1),
    stderr: outputSink(2),
    stdinIsTTY: () => process.stdin.isTTY === true,
    readStdin,
    home: () => homeOf(env),
    async connect({ startIfMissing }) {
      const { connectRunner } = await import('../client/connectRunner.ts');
      return connectRunner({
        home: homeOf(env),
        env,
        clientName: 'pan',
        clientVersion: version,
        daemonScript: startIfMissing ? `${distFolder}/runner.js` : null,
      });
    },
    async markDown(isDown) {
      const { downFile, runFolder } = daemonPlaces(homeOf(env));
      if (!isDown) return rm(downFile, { force: true });
      try {
        await mkdir(runFolder, { recursive: true, mode: 0o700 });
        await writeFile(downFile, '', { mode: 0o600 });
      } catch {
        // A home that cannot be written must not keep a daemon running; editors may start it again then.
      }
    },
    openOffline: () => openOffline(distFolder, env),
    async takeHookEvent(eventText) {
      const [{ spoolHookEvent }, { awaitAnswer, waitingRequest }] = await Promise.all([
        import('../client/spoolHookEvent.ts'),
        import('../client/awaitAnswer.ts'),
      ]);
      const request = waitingRequest(env, eventText);
      const isLeft = spoolHookEvent(env, eventText, request);
      return isLeft && request !== undefined ? awaitAnswer(request) : '';
    },
    runInTerminal,
    isAlive,
  };
}

/** PANOPTICON_HOME, or ~/.panopticon. */
function homeOf(env: Environment): string {
  const chosen = env['PANOPTICON_HOME'];
  if (chosen !== undefined && chosen !== '') return chosen.startsWith('/') ? chosen : `${currentFolder()}/${chosen}`;
  const userHome = env['HOME'];
  if (userHome === undefined || userHome === '') {
    throw new UserError({
      code: 'noHome',
      message: 'Panopticon does not know where your home folder is.',
      hint: 'Set HOME, or PANOPTICON_HOME to a folder for its files.',
    });
  }
  return `${userHome}/.panopticon`;
}

/** @throws UserError when the folder has been removed under this process. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new UserError({
      code: 'noFolder',
      message: 'The folder you are in has been removed.',
      hint: 'Go to another: cd',
      cause,
    });
  }
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

async function runInTerminal([program = '', ...args]: readonly string[], env: Environment): Promise<number> {
  const { spawn } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env });
    child.on('error', (cause) => {
      const message = `${program} cannot be run: ${cause.message}`;
      reject(new UserError({ code: 'programMissing', message, hint: 'See what is missing: pan doctor', cause }));
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
