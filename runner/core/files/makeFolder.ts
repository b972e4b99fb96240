import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf } from './fileFailure.ts';

/**
 * Makes a folder and those above it that are missing, each for us alone. Node's own recursive mkdir answers ENOENT on
 * a read-only file system (20.20, 24.21); this one answers what the system said.
 */
export async function makeFolder(folder: string): Promise<void> {
  const above = path.dirname(folder);
  if (above !== folder && !existsSync(above)) await makeFolder(above);
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST' && !existsSync(folder)) throw error;
  }
}
