import { lstat, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf } from './fileFailure.ts';

/**
 * The only recursive delete in the runner. Removes `folder`, which must be a real folder (no link) directly inside the
 * `workspaces` folder `root`; anything else is a bug and throws before a single file is touched.
 */
export async function removeTree(folder: string, root: string): Promise<void> {
  if (path.basename(root) !== 'workspaces')
    throw new Error(`refusing to delete below ${root}: not a workspaces folder`);
  try {
    if (!(await lstat(folder)).isDirectory()) throw new Error(`refusing to delete ${folder}: not a folder`);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  const real = await realpath(folder);
  if (path.dirname(real) !== (await realpath(root))) throw new Error(`refusing to delete ${folder}: outside ${root}`);
  await rm(real, { recursive: true, force: true });
}
