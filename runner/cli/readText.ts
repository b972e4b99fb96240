import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../protocol/errors.ts';
import type { Context } from './context.ts';

/**
 * The text of a file, exactly as it is; `-` is standard input.
 *
 * @throws UserError when the file cannot be read.
 */
export async function readText(context: Context, file: string): Promise<string> {
  if (file === '-') return context.host.readStdin();
  try {
    return await readFile(path.resolve(context.host.cwd(), file), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UserError({
      code: 'fileUnreadable',
      message:
        code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code ?? 'unknown reason'}).`,
      hint: 'Name another file, or - for standard input.',
      cause: error,
    });
  }
}
