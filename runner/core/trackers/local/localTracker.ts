import path from 'node:path';
import type { IssueId } from '../../../protocol/issueId.ts';
import type { IssueDetails, Project } from '../../../protocol/models.ts';
import type { IssueListResult } from '../../../protocol/requests.ts';
import type { KeyedMutex } from '../../files/keyedMutex.ts';
import { issueKeepsChanging, issueNotFound, issueTooLarge, issueUnreadable } from '../../issues/issueFailures.ts';
import type { Clock, Log } from '../../ports.ts';
import type { WatchPath } from '../../transcripts/watchPath.ts';
import type { IssueChange, IssueFilter, NewIssue, Tracker } from '../tracker.ts';
import { FolderWatches } from './folderWatches.ts';
import { IssueFault } from './issueFault.ts';
import {
  createExclusive,
  type IssueFile,
  idOfFileName,
  listFileNames,
  maxIssueBytes,
  readIssueFile,
  replaceUnchanged,
} from './issueFiles.ts';
import { findIssueFolder, issueFolderOf, makeIssueFolder } from './issueFolder.ts';
import { IssueIndex, issueOf } from './issueIndex.ts';
import { IssueNumbers } from './issueNumbers.ts';
import { editIssueText, newIssueText } from './issueText.ts';
import { type IssueHead, readHead } from './readHead.ts';
import { bodyBytes, splitIssue } from './splitIssue.ts';

/** How often a change is tried again because something else took the number or changed the file meanwhile. */
const maxTries = 1_000;

interface LocalTrackerDeps {
  clock: Clock;
  log: Log;
  mutex: KeyedMutex;
  /** Where it is missing nothing is watched. */
  watch?: WatchPath | undefined;
}

/**
 * The built-in tracker: one Markdown file with YAML front matter for each issue, `.panopticon/issues/<ID>.md` in the
 * project's main checkout. The files are the only truth: people edit them by hand and several runners may write.
 */
export class LocalTracker implements Tracker {
  readonly name = 'local';
  private readonly deps: LocalTrackerDeps;
  private readonly numbers: IssueNumbers;
  private readonly index: IssueIndex;
  private readonly watches: FolderWatches | undefined;

  constructor(deps: LocalTrackerDeps) {
    this.deps = deps;
    this.numbers = new IssueNumbers(deps.log);
    const { watch, clock, log } = deps;
    this.watches = watch === undefined ? undefined : new FolderWatches({ watch, clock, log });
    this.index = new IssueIndex(clock, (folder) => this.watches?.changesOf(folder));
  }

  async create(project: Project, fields: NewIssue): Promise<IssueDetails> {
    const folder = await makeIssueFolder(project);
    return this.deps.mutex.run(`issues ${folder}`, async () => {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const number = await this.numbers.next(folder, project.prefix);
        const id: IssueId = `${project.prefix}-${number}`;
        const file = path.join(folder, `${id}.md`);
        const content = newIssueText(id, fields, this.now());
        if (content.length > maxIssueBytes) throw issueTooLarge(maxIssueBytes);
        if (await createExclusive(file, content)) {
          await this.numbers.took(folder, project.prefix, number);
          return detailsOf(project, id, file, content);
        }
        this.numbers.forget(folder, project.prefix);
      }
      throw new Error(`no free issue number in ${folder} after ${maxTries} tries`);
    });
  }

  async list(project: Project, filter: IssueFilter): Promise<IssueListResult> {
    const folder = await findIssueFolder(project);
    if (folder === undefined) return { issues: [], broken: [] };
    const { issues, broken } = await this.index.read(project, folder);
    return { issues: issues.filter((issue) => filter.states.includes(issue.state)), broken };
  }

  /** While it is watched, lists are fast. */
  watch(project: Project, onChange: (ids: IssueId[]) => void): () => void {
    const told = (name: string | null): void => {
      const id = name === null ? undefined : idOfFileName(name);
      if (name === null) onChange([]);
      else if (id !== undefined) onChange([id]);
    };
    return this.watches?.begin(issueFolderOf(project), told) ?? (() => undefined);
  }

  async get(project: Project, id: IssueId): Promise<IssueDetails> {
    const { file, content } = await this.find(project, id);
    return explained(project, id, file, () => detailsOf(project, id, file, content.bytes));
  }

  async update(project: Project, id: IssueId, change: IssueChange): Promise<IssueDetails> {
    return this.deps.mutex.run(`issue ${project.path} ${id}`, async () => {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const { file, content } = await this.find(project, id);
        const edited = explained(project, id, file, () => this.edit(id, content, change));
        if (edited === undefined) return detailsOf(project, id, file, content.bytes);
        if (edited.length > maxIssueBytes) throw issueTooLarge(maxIssueBytes);
        const details = explained(project, id, file, () => detailsOf(project, id, file, edited));
        if (await replaceUnchanged(file, content, edited)) return details;
      }
      throw issueKeepsChanging(id);
    });
  }

  private edit(id: IssueId, content: IssueFile, change: IssueChange): Buffer | undefined {
    const parts = splitIssue(content.bytes);
    return editIssueText(parts, differing(readHead(id, parts), change), this.now());
  }

  /** The issue's file, whatever the case of its name. @throws UserError when there is none or it cannot be read. */
  private async find(project: Project, id: IssueId): Promise<{ file: string; content: IssueFile }> {
    const folder = await findIssueFolder(project);
    if (folder === undefined) throw issueNotFound(id, project);
    const usual = `${id}.md`;
    const file = path.join(folder, usual);
    const content = await readOrExplain(project, id, file);
    if (content !== undefined) return { file, content };
    const other = (await listFileNames(folder)).find((name) => name !== usual && idOfFileName(name) === id);
    if (other === undefined) throw issueNotFound(id, project);
    const otherFile = path.join(folder, other);
    const otherContent = await readOrExplain(project, id, otherFile);
    if (otherContent === undefined) throw issueNotFound(id, project);
    return { file: otherFile, content: otherContent };
  }

  private now(): string {
    return this.deps.clock.now().toISOString();
  }
}

/** Only the fields that are not already so, so that an edit touches nothing else. */
function differing(head: IssueHead, change: IssueChange): IssueChange {
  const { title, state, priority, labels, ...rest } = change;
  return {
    ...rest,
    ...(title === undefined || title === head.title ? {} : { title }),
    ...(state === undefined || state === head.state ? {} : { state }),
    ...(priority === undefined || priority === head.priority ? {} : { priority }),
    ...(labels === undefined || labels.join('\n') === head.labels.join('\n') ? {} : { labels }),
  };
}

/** @throws IssueFault */
function detailsOf(project: Project, id: IssueId, file: string, bytes: Buffer): IssueDetails {
  const parts = splitIssue(bytes);
  const head = readHead(id, parts);
  const { createdAt } = head;
  return { ...issueOf(project, id, file, head), body: bodyBytes(parts).toString('utf8'), createdAt };
}

function explained<T>(project: Project, id: IssueId, file: string, task: () => T): T {
  try {
    return task();
  } catch (error) {
    throw asUserError(error, project, id, file);
  }
}

async function readOrExplain(project: Project, id: IssueId, file: string): Promise<IssueFile | undefined> {
  try {
    return await readIssueFile(file);
  } catch (error) {
    throw asUserError(error, project, id, file);
  }
}

function asUserError(error: unknown, project: Project, id: IssueId, file: string): unknown {
  if (!(error instanceof IssueFault)) return error;
  return issueUnreadable({ id, project: project.name, path: file, reason: error.message });
}
