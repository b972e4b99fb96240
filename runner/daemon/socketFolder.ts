import { lstat, mkdtemp, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileFailure } from '../core/files/fileFailure.ts';
import { makeFolder } from '../core/files/makeFolder.ts';
import { writeAtomic } from '../core/files/writeAtomic.ts';
import { UserError } from '../protocol/errors.ts';
import { daemonPlaces, fitsSockets } from '../protocol/places.ts';

/**
 * The private folder in which the daemon's and tmux's sockets are made: the run folder, or, where its path is too long
 * for a socket, a folder of a random name that the run folder points to. Found again by the next daemon, so that tmux
 * and its agents stay reachable.
 */
export async function ensureSocketFolder(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const places = daemonPlaces(home);
  try {
    await makeFolder(places.runFolder);
  } catch (error) {
    throw fileFailure(error, places.runFolder);
  }
  await requirePrivate(places.runFolder);
  if (fitsSockets(Buffer.byteLength(places.runFolder))) return places.runFolder;
  const known = await pointedTo(places.socketFolderFile);
  if (known !== undefined) return known;
  const folder = await mkdtemp(path.join(await shortParent(env), 'panopticon-'));
  await writeAtomic(places.socketFolderFile, folder);
  return folder;
}

async function pointedTo(file: string): Promise<string | undefined> {
  try {
    const folder = await readFile(file, 'utf8');
    await requirePrivate(folder);
    return folder;
  } catch (error) {
    if (error instanceof UserError) throw error;
    // No pointer, or its folder was cleaned away with what temporary folders lose at a restart.
    return undefined;
  }
}

async function shortParent(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const runtime = env['XDG_RUNTIME_DIR'];
  if (runtime !== undefined && runtime !== '' && Buffer.byteLength(runtime) < 60) {
    const facts = await lstat(runtime).catch(() => undefined);
    if (facts?.isDirectory() === true && facts.uid === process.getuid?.() && (facts.mode & 0o077) === 0) return runtime;
  }
  const temporary = os.tmpdir();
  return Buffer.byteLength(temporary) < 60 ? temporary : '/tmp';
}

async function requirePrivate(folder: string): Promise<void> {
  const facts = await lstat(folder);
  if (facts.isDirectory() && facts.uid === process.getuid?.() && (facts.mode & 0o077) === 0) return;
  throw new UserError({
    code: 'socketFolder',
    message: `The folder ${folder} holds the runner's socket and must be yours alone.`,
    hint: `Look at its owner and mode: ls -ld '${folder}'; then: chmod 700 '${folder}'`,
  });
}
