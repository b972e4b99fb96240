import { chmod, mkdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf, fileFailure } from '../files/fileFailure.ts';
import { writeAtomic } from '../files/writeAtomic.ts';

const begin = '# panopticon: begin (kept out of git status)';
/** Only the folders the runner makes: a repository may track a `workspaces/` of its own, and work in it must show. */
const excluded = ['/workspaces/feature-*/', '/workspaces/rescue-*/', '/.panopticon/issues/'];
const block = [begin, ...excluded, '# panopticon: end', ''].join('\n');

/** The text of an exclude file with our block in it, once; everything else stays as it was. */
export function withRunnerExcludes(text: string): string {
  if (text.split(/\r?\n/).includes(begin)) return text;
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${block}`;
}

/**
 * Keeps workspaces and local issues out of `git status` without touching a tracked file.
 *
 * @throws UserError when the file cannot be written.
 */
export async function writeRunnerExcludes(gitDir: string): Promise<void> {
  const linked = path.join(gitDir, 'info', 'exclude');
  try {
    await mkdir(path.dirname(linked), { recursive: true });
    const file = await realFile(linked);
    const before = await readIfThere(file);
    const after = withRunnerExcludes(before ?? '');
    if (after === before) return;
    const mode = before === undefined ? 0o644 : (await stat(file)).mode & 0o777;
    await writeAtomic(file, after, mode);
    await chmod(file, mode);
  } catch (error) {
    throw fileFailure(error, linked);
  }
}

/** People link this file to one they share; the link stays. */
async function realFile(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return file;
    throw error;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
