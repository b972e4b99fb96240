import { randomBytes } from 'node:crypto';
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, link, lstat, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type IssueId, parseIssueId } from '../../../protocol/issueId.ts';
import { errnoOf, fileFailure } from '../../files/fileFailure.ts';
import { IssueFault } from './issueFault.ts';

/** Largest file that is taken for an issue, in bytes. */
export const maxIssueBytes = 1024 * 1024;

export interface IssueFile {
  bytes: Buffer;
  mode: number;
  stamp: FileStamp;
}

/** Tells whether a file is still the one that was read. */
export interface FileStamp {
  text: string;
  modifiedAtMs: number;
}

const namePattern = /^[A-Za-z][A-Za-z0-9]*-\d+\.md$/;

/** The issue that a file name stands for (`min-3.md` is MIN-3); undefined for all other files, which are not ours. */
export function idOfFileName(name: string): IssueId | undefined {
  return namePattern.test(name) ? parseIssueId(name.slice(0, -'.md'.length)) : undefined;
}

/** Names of the files in the folder that stand for issues, in no order. */
export async function listFileNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => idOfFileName(name) !== undefined);
  } catch (error) {
    throw fileFailure(error, folder);
  }
}

/** Undefined when there is no such file. */
export async function stampOf(file: string): Promise<FileStamp | undefined> {
  try {
    return stampFrom(await lstat(file, { bigint: true }));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw fileFailure(error, file);
  }
}

/**
 * Reads a regular file of at most `maxIssueBytes`, or only its first `onlyBytes`; undefined when there is none. Links
 * are refused (they may lead anywhere), and pipes are never waited for.
 *
 * @throws IssueFault for anything that is there and cannot be read as an issue.
 */
export async function readIssueFile(file: string, onlyBytes = maxIssueBytes): Promise<IssueFile | undefined> {
  const handle = await openNoFollow(file);
  if (handle === undefined) return undefined;
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) throw new IssueFault(stats.isDirectory() ? 'it is a folder' : 'it is not a file');
    if (stats.size > maxIssueBytes) throw new IssueFault('it is larger than 1 MB');
    const bytes = stats.size > onlyBytes ? await readStart(handle, onlyBytes) : await handle.readFile();
    return { bytes, mode: Number(stats.mode & 0o777n), stamp: stampFrom(stats) };
  } finally {
    await handle.close();
  }
}

async function openNoFollow(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT') return undefined;
    throw new IssueFault(code === 'ELOOP' ? 'it is a symbolic link' : `it cannot be opened (${code ?? String(error)})`);
  }
}

async function readStart(handle: FileHandle, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
  return buffer.subarray(0, bytesRead);
}

/**
 * Writes a file that must not exist yet; false when it does. Complete from the moment it shows: temporary file, fsync,
 * link.
 */
export async function createExclusive(file: string, content: Buffer): Promise<boolean> {
  const temporary = temporaryFor(file);
  try {
    await writeNew(temporary, content, 0o644);
    await link(temporary, file);
    return true;
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST') return false;
    if (!linkless.has(code ?? '')) throw fileFailure(error, file);
  } finally {
    await rm(temporary, { force: true });
  }
  return createWithoutLink(file, content);
}

/**
 * Replaces a file atomically if it still holds what was read; false when it has changed, gone, or is no file any more.
 * What another program writes between that look and the rename (some 0.1 ms) is lost.
 */
export async function replaceUnchanged(file: string, seen: IssueFile, content: Buffer): Promise<boolean> {
  const temporary = temporaryFor(file);
  try {
    await writeNew(temporary, content, seen.mode);
    const now = await readIssueFile(file);
    if (now === undefined || !now.bytes.equals(seen.bytes)) return false;
    await rename(temporary, file);
    return true;
  } catch (error) {
    if (error instanceof IssueFault) return false;
    throw fileFailure(error, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** What link() answers on file systems without hard links (exFAT, some network and container mounts). */
const linkless = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

async function createWithoutLink(file: string, content: Buffer): Promise<boolean> {
  try {
    await writeNew(file, content, 0o644);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    await rm(file, { force: true });
    throw fileFailure(error, file);
  }
}

async function writeNew(file: string, content: Buffer, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function temporaryFor(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
}

function stampFrom(stats: BigIntStats): FileStamp {
  return { text: `${stats.ino}:${stats.size}:${stats.mtimeNs}`, modifiedAtMs: Number(stats.mtimeMs) };
}
