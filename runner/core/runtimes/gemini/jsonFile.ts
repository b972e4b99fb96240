import { realpath, stat } from 'node:fs/promises';
import { UserError } from '../../../protocol/errors.ts';
import { errnoOf, fileFailure } from '../../files/fileFailure.ts';
import { readRegular, UnfitFile } from '../../files/readRegular.ts';
import { writeAtomic } from '../../files/writeAtomic.ts';

/** A file of the tool's own that holds one JSON object. */
export interface JsonFile {
  path: string;
  /** Undefined when there is no such file. */
  text: string | undefined;
  value: Record<string, unknown>;
}

/** Largest file that is read, in bytes. */
const maxBytes = 16 * 1024 * 1024;

/**
 * Reads it; a missing one is an empty object.
 *
 * @throws UserError when it is there and cannot be read, or is not a JSON object: then it must not be changed.
 */
export async function readJsonFile(file: string): Promise<JsonFile> {
  let text: string;
  try {
    text = await readRegular(file, { maxBytes, followsLinks: true });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { path: file, text: undefined, value: {} };
    throw error instanceof UnfitFile ? unreadableJson(file) : fileFailure(error, file);
  }
  const value = text.trim() === '' ? {} : parseObject(text);
  if (value === undefined) throw unreadableJson(file);
  return { path: file, text, value };
}

/** Writes it with the indentation and the permissions that it had; a link stays a link. */
export async function writeJsonFile(file: JsonFile, value: Readonly<Record<string, unknown>>): Promise<void> {
  const indent = /^([ \t]+)"/m.exec(file.text ?? '')?.[1] ?? '  ';
  const content = `${JSON.stringify(value, null, indent)}\n`;
  if (file.text === undefined) return writeAtomic(file.path, content);
  const target = await realpath(file.path);
  await writeAtomic(target, content, (await stat(target)).mode & 0o777);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function unreadableJson(file: string): UserError {
  return new UserError({
    code: 'toolFileUnreadable',
    message: `${file} is not a JSON object that can be added to, so it was left as it is.`,
    hint: 'Correct it (comments are not understood), then try again.',
  });
}
