import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileFailure } from './fileFailure.ts';
import { makeFolder } from './makeFolder.ts';

/**
 * Writes a whole file so that a reader, also one after a crash or a power cut, sees either the old content or the new
 * one: temporary file in the same folder, fsync, rename. Creates missing folders with mode 0700.
 *
 * @throws UserError when the disk is full, read-only or not permitted; the old file is then as it was.
 */
export async function writeAtomic(file: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await makeFolder(path.dirname(file));
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw fileFailure(error, file);
  }
}
