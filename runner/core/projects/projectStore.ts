import { stat } from 'node:fs/promises';
import { array, boolean, looseObject, number, object, optional, string } from 'valibot';
import type { Project } from '../../protocol/models.ts';
import { errnoOf } from '../files/fileFailure.ts';
import { readChecked } from '../files/readChecked.ts';
import { writeAtomic } from '../files/writeAtomic.ts';
import { projectsNewer, projectsUnreadable } from './projectFailures.ts';

const schemaNumber = 1;
const versionSchema = looseObject({ schema: number() });
const fileSchema = object({
  schema: number(),
  projects: array(
    object({
      name: string(),
      path: string(),
      prefix: string(),
      tracker: string(),
      defaultBranch: string(),
      addedAt: string(),
      bypassAllowed: optional(boolean(), false),
    }),
  ),
});

/** A project with what only the runner has to know of it. */
export interface StoredProject extends Project {
  /** Somebody has said that agents may run everything in it without asking. */
  bypassAllowed: boolean;
}

/** projects.json. Read again whenever it changed on disk; a file that cannot be read is never written over. */
export class ProjectStore {
  private readonly file: string;
  private known: { version: string; projects: readonly StoredProject[] } | undefined;

  constructor(file: string) {
    this.file = file;
  }

  /** @throws UserError when the file is there and cannot be read, or belongs to a newer version. */
  async read(): Promise<readonly StoredProject[]> {
    const version = await versionOf(this.file);
    if (this.known?.version === version) return this.known.projects;
    const projects = await this.readFile();
    this.known = { version, projects };
    return projects;
  }

  /** @throws UserError when it cannot be written; call `read` before, which refuses a file that is not ours. */
  async write(projects: readonly StoredProject[]): Promise<void> {
    await writeAtomic(this.file, `${JSON.stringify({ schema: schemaNumber, projects }, undefined, 2)}\n`);
    this.known = undefined;
  }

  private async readFile(): Promise<readonly StoredProject[]> {
    const version = await readChecked(this.file, versionSchema);
    if (version.kind === 'ok' && version.value.schema > schemaNumber) throw projectsNewer(this.file);
    const checked = await readChecked(this.file, fileSchema);
    if (checked.kind === 'missing') return [];
    if (checked.kind !== 'ok') throw projectsUnreadable(this.file, checked.reason);
    return checked.value.projects;
  }
}

/** Changes whenever the file is replaced or written to. */
async function versionOf(file: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(file, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch (error) {
    return errnoOf(error) ?? 'unknown';
  }
}
