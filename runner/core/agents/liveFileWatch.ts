import { watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf } from '../files/fileFailure.ts';
import { makeFolder } from '../files/makeFolder.ts';
import { readRegular, UnfitFile } from '../files/readRegular.ts';
import type { Log } from '../ports.ts';
import type { LiveFileFormat, LiveSign } from '../runtimes/runtimeBehaviour.ts';

export interface LiveFileWatchDeps {
  log: Log;
  /** Called with what a file says at the start and at every change; undefined when the file has gone. */
  onSign(sessionId: string, sign: LiveSign | undefined): void;
}

/** Largest file that is read, in bytes; they have some hundred. */
const maxBytes = 64 * 1024;

/** Watches the folder in which a tool keeps one small file for each living process. Polls nothing. */
export class LiveFileWatch {
  private readonly deps: LiveFileWatchDeps;
  private readonly folders = new Map</* folder */ string, () => void>();
  private readonly sessions = new Map</* file */ string, /* session id */ string>();

  constructor(deps: LiveFileWatchDeps) {
    this.deps = deps;
  }

  /** Begins to watch a folder, which is made where it is missing; again does nothing. */
  async follow(folder: string, format: LiveFileFormat): Promise<void> {
    if (this.folders.has(folder)) return;
    this.folders.set(folder, () => undefined);
    try {
      await makeFolder(folder);
      const watcher = watch(folder, { persistent: false }, (_kind, name) => {
        if (name?.endsWith('.json') === true) void this.read(path.join(folder, name), format);
      });
      watcher.on('error', (error) => this.lost(folder, error));
      this.folders.set(folder, () => watcher.close());
      for (const name of await readdir(folder)) {
        if (name.endsWith('.json')) await this.read(path.join(folder, name), format);
      }
    } catch (error) {
      this.lost(folder, error);
    }
  }

  stop(): void {
    for (const close of this.folders.values()) close();
    this.folders.clear();
  }

  private async read(file: string, format: LiveFileFormat): Promise<void> {
    try {
      const found = format.read(await readRegular(file, { maxBytes }));
      if (found === undefined) return;
      this.sessions.set(file, found.sessionId);
      this.deps.onSign(found.sessionId, found.sign);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') this.gone(file);
      // No tool writes a pipe, a link or so much: it is nobody's file.
      else if (!(error instanceof UnfitFile))
        this.deps.log.warn(`${file} was not read: ${errnoOf(error) ?? String(error)}`);
    }
  }

  private gone(file: string): void {
    const sessionId = this.sessions.get(file);
    this.sessions.delete(file);
    // A tool that was killed leaves its file, which goes when its conversation is resumed under another pid.
    const isElsewhere = [...this.sessions.values()].includes(sessionId ?? '');
    if (sessionId !== undefined && !isElsewhere) this.deps.onSign(sessionId, undefined);
  }

  /** The other sources of evidence remain. */
  private lost(folder: string, error: unknown): void {
    this.folders.get(folder)?.();
    this.folders.delete(folder);
    this.deps.log.warn(`${folder} cannot be watched: ${errnoOf(error) ?? String(error)}`);
  }
}
