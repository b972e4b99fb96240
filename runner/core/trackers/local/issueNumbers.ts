import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type IssueId, prefixOf } from '../../../protocol/issueId.ts';
import { writeAtomic } from '../../files/writeAtomic.ts';
import type { Log } from '../../ports.ts';
import { IssueFault } from './issueFault.ts';
import { idOfFileName, listFileNames, readIssueFile } from './issueFiles.ts';

interface Highest {
  /** The folder's modification time when it was looked through, in nanoseconds. */
  modifiedNs: bigint;
  number: number;
}

/**
 * Chooses the numbers of new issues. A number is free when no file has it and none had it before: `.last` keeps the
 * highest that was given, also when its file has been deleted. Both are hints; it is the exclusive creation of the
 * file that keeps two writers from taking the same number.
 */
export class IssueNumbers {
  private readonly log: Log;
  private readonly highest = new Map</* folder and prefix */ string, Highest>();

  constructor(log: Log) {
    this.log = log;
  }

  /** The next free number. The folder is looked through only when it has changed since. */
  async next(folder: string, prefix: string): Promise<number> {
    const modifiedNs = await modifiedNsOf(folder);
    const known = this.highest.get(keyOf(folder, prefix));
    if (known?.modifiedNs === modifiedNs) return known.number + 1;
    const names = await listFileNames(folder);
    const number = Math.max(await readLast(folder), ...numbersOf(names, prefix));
    this.highest.set(keyOf(folder, prefix), { modifiedNs, number });
    return number + 1;
  }

  /** Remembers that a file with this number was made. */
  async took(folder: string, prefix: string, number: number): Promise<void> {
    try {
      if (number > (await readLast(folder))) await writeAtomic(lastFile(folder), `${number}\n`, 0o644);
    } catch (error) {
      this.log.warn(
        `${lastFile(folder)} was not written; a deleted issue's number may be given again: ${String(error)}`,
      );
    }
    this.highest.set(keyOf(folder, prefix), { modifiedNs: await modifiedNsOf(folder), number });
  }

  /** After somebody else took the number: the folder is looked through again. */
  forget(folder: string, prefix: string): void {
    this.highest.delete(keyOf(folder, prefix));
  }
}

function keyOf(folder: string, prefix: string): string {
  return `${folder}\n${prefix}`;
}

/** Largest number that is counted on: the next ones are still exact. */
const maxNumber = 999_999_999_999;

function* numbersOf(names: readonly string[], prefix: string): Generator<number> {
  for (const name of names) {
    const id: IssueId | undefined = idOfFileName(name);
    if (id === undefined || prefixOf(id) !== prefix) continue;
    const number = Number(id.slice(prefix.length + 1));
    if (number <= maxNumber) yield number;
  }
}

function lastFile(folder: string): string {
  return path.join(folder, '.last');
}

/** The highest number given so far; 0 when that is not known. */
async function readLast(folder: string): Promise<number> {
  try {
    const text = (await readIssueFile(lastFile(folder)))?.bytes.toString('latin1').trim() ?? '';
    return /^\d{1,12}$/.test(text) ? Number(text) : 0;
  } catch (error) {
    if (error instanceof IssueFault) return 0;
    throw error;
  }
}

async function modifiedNsOf(folder: string): Promise<bigint> {
  return (await stat(folder, { bigint: true })).mtimeNs;
}
