import path from 'node:path';
import type { Clock } from '../../ports.ts';
import { IssueFault } from './issueFault.ts';
import { type FileStamp, idOfFileName, readIssueFile, stampOf } from './issueFiles.ts';
import { headWithinBytes, type IssueHead, readHead } from './readHead.ts';
import { splitIssue } from './splitIssue.ts';

/** How many files are read side by side: more than the four threads that Node reads files with only wait in line. */
const parallelReads = 8;
/** A file changed this recently, in ms, is read again: one more change could leave its time as it is (ext4: 4 ms). */
const settlesInMs = 100;

export type HeadOrFault = IssueHead | IssueFault;

interface Kept {
  stamp: FileStamp;
  head: HeadOrFault;
}

/** What the heads of the files in a folder say; a file is read again only when its time, size or inode changes. */
export class HeadCache {
  private readonly clock: Clock;
  private readonly folders = new Map</* folder */ string, Map</* file name */ string, Kept>>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** The heads of all files of the folder by name; files that vanish meanwhile are left out. */
  async readAll(folder: string, names: readonly string[]): Promise<Map<string, HeadOrFault>> {
    const kept = new Map<string, Kept>();
    const heads = await this.readInto(kept, folder, names, this.folders.get(folder));
    this.folders.set(folder, kept);
    return heads;
  }

  /** The heads of files that are known to have changed, whatever their stamps say. */
  async readAgain(folder: string, names: readonly string[]): Promise<Map<string, HeadOrFault>> {
    const kept = this.folders.get(folder) ?? new Map<string, Kept>();
    for (const name of names) kept.delete(name);
    this.folders.set(folder, kept);
    return this.readInto(kept, folder, names, undefined);
  }

  private async readInto(
    kept: Map<string, Kept>,
    folder: string,
    names: readonly string[],
    before: ReadonlyMap<string, Kept> | undefined,
  ): Promise<Map<string, HeadOrFault>> {
    const heads = new Map<string, HeadOrFault>();
    const waiting = names.values();
    const work = async (): Promise<void> => {
      for (const name of waiting) {
        const found = await this.read(path.join(folder, name), name, before?.get(name));
        if (found === undefined) continue;
        heads.set(name, found.head);
        if (this.isSettled(found.stamp)) kept.set(name, found);
      }
    };
    await Promise.all(Array.from({ length: parallelReads }, work));
    return heads;
  }

  private async read(file: string, name: string, before: Kept | undefined): Promise<Kept | undefined> {
    const id = idOfFileName(name);
    const stamp = await stampOf(file);
    if (id === undefined || stamp === undefined) return undefined;
    if (before?.stamp.text === stamp.text) return before;
    try {
      const content = await readIssueFile(file, headWithinBytes);
      if (content === undefined) return undefined;
      return { stamp: content.stamp, head: attempt(() => readHead(id, splitIssue(content.bytes))) };
    } catch (error) {
      if (error instanceof IssueFault) return { stamp, head: error };
      throw error;
    }
  }

  private isSettled(stamp: FileStamp): boolean {
    return this.clock.now().getTime() - stamp.modifiedAtMs > settlesInMs;
  }
}

function attempt(parse: () => IssueHead): HeadOrFault {
  try {
    return parse();
  } catch (error) {
    if (error instanceof IssueFault) return error;
    throw error;
  }
}
