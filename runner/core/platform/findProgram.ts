import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';

/** The executable that `name` stands for on `searchPath` (PATH's syntax), or undefined. A name with a slash is a path. */
export async function findProgram(name: string, searchPath: string | undefined): Promise<string | undefined> {
  if (name === '') return undefined;
  if (name.includes('/')) return (await isExecutable(name)) ? name : undefined;
  for (const folder of (searchPath ?? '').split(path.delimiter)) {
    if (folder === '') continue;
    const candidate = path.join(folder, name);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    // Not there, or not for us: either way it cannot be run.
    return false;
  }
}
