import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { check, object, pipe, safeParse, string } from 'valibot';
import { isAgentId } from '../../protocol/issueId.ts';
import { errnoOf } from '../files/fileFailure.ts';
import { makeFolder } from '../files/makeFolder.ts';
import { type WatchFolder, watchFolder } from '../files/watchFolder.ts';
import type { Clock, Log } from '../ports.ts';
import { type AgentEvent, agentEventSchema } from './agentEvent.ts';

export interface SpoolListener {
  /** Takes one event of one agent; the spool's file is deleted after it resolves. */
  onEvent(agentId: string, event: AgentEvent): Promise<void>;
  /** A tmux session's program died; the argument is the session's name. */
  onPaneDied(session: string): Promise<void>;
}

/** The id becomes part of paths: whoever writes into the spool must not choose them. */
const envelopeSchema = object({ agentId: pipe(string(), check(isAgentId, 'not the id of an agent')) });
const diedSuffix = '.died';
/** Largest event file that is read, in bytes; a hook's event may quote a whole file that was written. */
const maxBytes = 8 * 1024 * 1024;
/** How often the folder is looked at where it cannot be watched (no inotify watches left). */
const slowDrainMs = 2_000;
/** What a writer that was killed left, and what was put aside, is kept for a day. */
const keepLeftoversMs = 24 * 60 * 60_000;

/**
 * The folder in which hooks and tmux leave what happened, one file an event. It is watched, so nothing is polled, and
 * what was left while no daemon ran is taken, in order, when one starts.
 */
export class Spool {
  private readonly folder: string;
  private readonly log: Log;
  private readonly clock: Clock;
  private readonly watch: WatchFolder;
  private listener: SpoolListener | undefined;
  private unwatch: (() => void) | undefined;
  private cancelSlowDrain: (() => void) | undefined;
  private warned = false;
  private draining: Promise<void> | undefined;
  private again = false;

  constructor(deps: { folder: string; log: Log; clock: Clock; watch?: WatchFolder }) {
    this.folder = deps.folder;
    this.log = deps.log;
    this.clock = deps.clock;
    this.watch = deps.watch ?? watchFolder;
  }

  async start(listener: SpoolListener): Promise<void> {
    this.listener = listener;
    await makeFolder(this.folder);
    await this.sweep();
    this.beginWatch();
    await this.drain();
  }

  stop(): void {
    this.listener = undefined;
    this.endWatch();
    this.cancelSlowDrain?.();
    this.cancelSlowDrain = undefined;
  }

  /** Takes everything that is there when it is called. */
  drain(): Promise<void> {
    // Before `start` and after `stop` nobody would take the events, and they would be deleted.
    if (this.listener === undefined) return Promise.resolve();
    if (this.draining !== undefined) {
      this.again = true;
      return this.draining;
    }
    this.draining = this.drainUntilEmpty().finally(() => {
      this.draining = undefined;
    });
    return this.draining;
  }

  /** For those who do not wait for it: a folder that cannot be read now is looked at again later. */
  private drainBeside(): void {
    this.drain().catch((error: unknown) => {
      this.log.error('the spool was not read', error);
      this.drainLater();
    });
  }

  private beginWatch(): void {
    this.endWatch();
    try {
      this.unwatch = this.watch(this.folder, {
        onChange: () => this.drainBeside(),
        onGone: () => this.watchAnew(),
        onError: (error) => this.lostWatch(error),
      });
    } catch (error) {
      this.lostWatch(error);
    }
  }

  private endWatch(): void {
    this.unwatch?.();
    this.unwatch = undefined;
  }

  private lostWatch(error: unknown): void {
    this.endWatch();
    if (!this.warned) {
      const reason = errnoOf(error) ?? String(error);
      this.log.warn(`the spool cannot be watched (${reason}); it is read every ${slowDrainMs / 1000} s instead`);
    }
    this.warned = true;
    this.drainLater();
  }

  /** Once; where the folder is still not watched, the watch is tried again with it. */
  private drainLater(): void {
    if (this.listener === undefined || this.cancelSlowDrain !== undefined) return;
    this.cancelSlowDrain = this.clock.after(slowDrainMs, () => {
      this.cancelSlowDrain = undefined;
      if (this.unwatch === undefined) this.beginWatch();
      this.drainBeside();
    });
  }

  /** Somebody removed or moved the folder: hooks and tmux need one to write to. */
  private watchAnew(): void {
    this.endWatch();
    if (this.listener === undefined) return;
    makeFolder(this.folder).then(
      () => {
        if (this.listener === undefined) return;
        this.beginWatch();
        this.drainBeside();
      },
      (error: unknown) => this.lostWatch(error),
    );
  }

  private async sweep(): Promise<void> {
    const before = this.clock.now().getTime() - keepLeftoversMs;
    for (const name of (await readdir(this.folder)).filter((each) => each.startsWith('.'))) {
      const file = path.join(this.folder, name);
      try {
        if ((await stat(file)).mtimeMs < before) await rm(file, { force: true });
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT') this.log.warn(`the leftover ${name} of the spool stays (${errnoOf(error)})`);
      }
    }
  }

  private async drainUntilEmpty(): Promise<void> {
    do {
      this.again = false;
      for (const name of await this.namesInOrder()) {
        // What comes after it must not be taken before it.
        if (!(await this.take(name))) return this.drainLater();
      }
    } while (this.again);
  }

  /** By time of writing: names made by a shell know only seconds. */
  private async namesInOrder(): Promise<string[]> {
    const names = (await this.everyName()).filter((name) => !name.startsWith('.'));
    if (names.length < 2) return names;
    const dated = await Promise.all(names.map(async (name) => ({ name, at: await this.writtenAt(name) })));
    return dated
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.name < b.name ? -1 : 1))
      .map(({ name }) => name);
  }

  private async everyName(): Promise<string[]> {
    try {
      return await readdir(this.folder);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
      this.watchAnew();
      return [];
    }
  }

  private async writtenAt(name: string): Promise<bigint> {
    try {
      return (await stat(path.join(this.folder, name), { bigint: true })).mtimeNs;
    } catch {
      // Taken meanwhile.
      return 0n;
    }
  }

  /** False when it could not be taken now. */
  private async take(name: string): Promise<boolean> {
    const file = path.join(this.folder, name);
    const { listener } = this;
    if (listener === undefined) return true;
    try {
      if (name.endsWith(diedSuffix)) await noticeDeath(name.slice(0, -diedSuffix.length), listener);
      else if (!(await this.takeEvent(file, listener))) return true;
      await rm(file, { force: true });
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return true;
      this.log.error(`the spooled event ${name} was not taken`, error);
      return false;
    }
    return true;
  }

  /** False when the file is no event and was put aside. */
  private async takeEvent(file: string, listener: SpoolListener): Promise<boolean> {
    if ((await stat(file)).size > maxBytes) return this.putAside(file, 'it is too large');
    let value: unknown;
    try {
      value = JSON.parse(await readFile(file, 'utf8'));
    } catch (error) {
      if (errnoOf(error) !== undefined) throw error;
      return this.putAside(file, 'it is not JSON');
    }
    const envelope = safeParse(envelopeSchema, value);
    const event = safeParse(agentEventSchema, value);
    if (!envelope.success || !event.success) return this.putAside(file, 'it has an unknown shape');
    await listener.onEvent(envelope.output.agentId, event.output);
    return true;
  }

  private async putAside(file: string, reason: string): Promise<boolean> {
    this.log.warn(`the spooled file ${path.basename(file)} was put aside: ${reason}`);
    await rename(file, path.join(path.dirname(file), `.broken-${path.basename(file)}`));
    return false;
  }
}

/** The end of what is no agent, such as the runner's own session, is nothing to note. */
async function noticeDeath(session: string, listener: SpoolListener): Promise<void> {
  if (isAgentId(session)) await listener.onPaneDied(session);
}
