import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type IssueId, prefixOf } from '../../../protocol/issueId.ts';
import type { BrokenIssue, Issue, Project } from '../../../protocol/models.ts';
import type { IssueListResult } from '../../../protocol/requests.ts';
import { KeyedMutex } from '../../files/keyedMutex.ts';
import { tellsAtOnce } from '../../files/tellsAtOnce.ts';
import type { Clock } from '../../ports.ts';
import type { FolderChanges } from './folderChanges.ts';
import { HeadCache, type HeadOrFault } from './headCache.ts';
import { IssueFault } from './issueFault.ts';
import { idOfFileName, listFileNames } from './issueFiles.ts';
import type { IssueHead } from './readHead.ts';

/** Which folder was looked at, and when its list of names last changed. */
interface FolderMark {
  identity: string;
  modifiedNs: bigint;
}

interface Known {
  mark: FolderMark;
  /** A watch on the folder tells at once. */
  isExact: boolean;
  heads: Map</* file name */ string, HeadOrFault>;
  /** Made from the heads for one name and prefix of the project. */
  listed: { project: string; result: IssueListResult } | undefined;
}

/**
 * What the issue files of folders say, kept in memory. While a folder is watched (`changesOf`), only files that changed
 * are looked at; else all of them are, each time. Either way what was written before a call is in its answer.
 */
export class IssueIndex {
  private readonly heads: HeadCache;
  private readonly changesOf: (folder: string) => FolderChanges | undefined;
  private readonly mutex = new KeyedMutex();
  private readonly known = new Map</* folder */ string, Known>();
  private readonly made = new WeakMap<IssueHead, Issue>();

  constructor(clock: Clock, changesOf: (folder: string) => FolderChanges | undefined) {
    this.heads = new HeadCache(clock);
    this.changesOf = changesOf;
  }

  /** All issues of the folder, in any order. One look at a time: a second one that joined the first could miss a file. */
  async read(project: Project, folder: string): Promise<IssueListResult> {
    return this.mutex.run(folder, async () => {
      const known = await this.refresh(folder);
      const name = `${project.prefix} ${project.name} ${project.path}`;
      if (known.listed?.project !== name) known.listed = { project: name, result: this.list(project, folder, known) };
      return known.listed.result;
    });
  }

  private async refresh(folder: string): Promise<Known> {
    const changes = this.changesOf(folder);
    const changed = (await changes?.take()) ?? 'unknown';
    try {
      const mark = await markOf(folder);
      const before = this.known.get(folder);
      const isSame = before?.mark.identity === mark.identity;
      if (!isSame) changes?.restart();
      const isKnown = isSame && before.isExact && changed !== 'unknown';
      const now = isKnown ? await this.update(folder, before, mark, changed) : await this.readAll(folder, mark);
      this.known.set(folder, now);
      return now;
    } catch (error) {
      changes?.putBack();
      throw error;
    }
  }

  private async readAll(folder: string, mark: FolderMark): Promise<Known> {
    const isExact = await tellsAtOnce(folder);
    const heads = await this.heads.readAll(folder, await listFileNames(folder));
    return { mark, isExact, heads, listed: undefined };
  }

  /** A folder whose list of names changed is compared by names, too: a second source that costs little. */
  private async update(folder: string, before: Known, mark: FolderMark, changed: ReadonlySet<string>): Promise<Known> {
    const stale = new Set([...changed].filter((name) => idOfFileName(name) !== undefined));
    if (before.mark.modifiedNs !== mark.modifiedNs) {
      const names = new Set(await listFileNames(folder));
      for (const name of names) if (!before.heads.has(name)) stale.add(name);
      for (const name of before.heads.keys()) if (!names.has(name)) stale.add(name);
    }
    if (stale.size === 0) return { ...before, mark };
    const heads = new Map(before.heads);
    for (const name of stale) heads.delete(name);
    for (const [name, head] of await this.heads.readAgain(folder, [...stale])) heads.set(name, head);
    return { ...before, mark, heads, listed: undefined };
  }

  private list(project: Project, folder: string, { heads }: Known): IssueListResult {
    const { mine, broken } = assignNames([...heads.keys()], project, folder);
    const issues: Issue[] = [];
    for (const [id, name] of mine) {
      const head = heads.get(name);
      if (head === undefined) continue;
      const file = path.join(folder, name);
      if (head instanceof IssueFault) broken.push({ id, project: project.name, path: file, reason: head.message });
      else issues.push(this.issueOf(project, id, file, head));
    }
    return { issues, broken };
  }

  /** Making them anew for thousands of files takes longer than all the rest. */
  private issueOf(project: Project, id: IssueId, file: string, head: IssueHead): Issue {
    const made = this.made.get(head);
    if (made?.project === project.name && made.id === id) return made;
    const issue = issueOf(project, id, file, head);
    this.made.set(head, issue);
    return issue;
  }
}

export function issueOf(project: Project, id: IssueId, file: string, head: IssueHead): Issue {
  const { title, state, labels, priority, updatedAt } = head;
  const url = pathToFileURL(file).href;
  return { id, title, state, labels, priority, tracker: 'local', url, project: project.name, updatedAt };
}

/** Which files count: those with the project's prefix, and one for each id. The others are named as broken. */
function assignNames(
  names: string[],
  project: Project,
  folder: string,
): { mine: Map<IssueId, string>; broken: BrokenIssue[] } {
  const mine = new Map<IssueId, string>();
  const broken: BrokenIssue[] = [];
  // `MIN-3.md` sorts before `min-3.md`, so the usual spelling wins.
  for (const name of names.sort()) {
    const id = idOfFileName(name);
    if (id === undefined) continue;
    const first = mine.get(id);
    const reason = prefixOf(id) !== project.prefix ? `ids of ${project.name} begin with ${project.prefix}-` : undefined;
    if (first === undefined && reason === undefined) mine.set(id, name);
    else
      broken.push({
        id,
        project: project.name,
        path: path.join(folder, name),
        reason: reason ?? `${first} is ${id}, too`,
      });
  }
  return { mine, broken };
}

async function markOf(folder: string): Promise<FolderMark> {
  const { dev, ino, mtimeNs } = await stat(folder, { bigint: true });
  return { identity: `${dev}:${ino}`, modifiedNs: mtimeNs };
}
