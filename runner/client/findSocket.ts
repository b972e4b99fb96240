import { lstatSync, readFileSync } from 'node:fs';
import { UserError } from '../protocol/errors.ts';
import { daemonPlaces, fitsSockets, socketName } from '../protocol/places.ts';

/**
 * The path of the daemon's socket below `home`, or undefined when no daemon has made one yet.
 *
 * @throws UserError when the folder that holds the socket belongs to somebody else or is open to others.
 */
export function findSocket(home: string): string | undefined {
  const places = daemonPlaces(home);
  if (fitsSockets(Buffer.byteLength(places.runFolder))) return `${places.runFolder}/${socketName}`;
  let folder: string;
  try {
    folder = readFileSync(places.socketFolderFile, 'utf8');
  } catch {
    // No pointer: the daemon that will write it has not run yet.
    return undefined;
  }
  return checkPrivate(folder) ? `${folder}/${socketName}` : undefined;
}

/** False when the folder is gone. */
function checkPrivate(folder: string): boolean {
  const facts = lstatSync(folder, { throwIfNoEntry: false });
  if (facts === undefined) return false;
  if (facts.isDirectory() && facts.uid === process.getuid?.() && (facts.mode & 0o077) === 0) return true;
  throw new UserError({
    code: 'socketFolder',
    message: `The folder ${folder} should hold the runner's socket and is not private to you.`,
    hint: `Look at its owner and mode: ls -ld '${folder}'`,
  });
}
