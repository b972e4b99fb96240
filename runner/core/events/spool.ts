import { existsSync } from 'node:fs';
import { lstat, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { HookTokens } from '../agents/hookTokens.ts';
import { errnoOf } from '../files/fileFailure.ts';
import { makeFolder } from '../files/makeFolder.ts';
import { type WatchFolder, watchFolder } from '../files/watchFolder.ts';
import type { Clock, Log } from '../ports.ts';
import type { AgentEvent } from './agentEvent.ts';
import { readSpooled, type Spooled } from './readSpooled.ts';

export interface SpoolListener {
  /** Takes one event of one agent; the spool's file is deleted after it resolves. */
  onEvent(agentId: string, event: AgentEvent): Promise<void>;
  /** A tmux session's program died; the argument is the session's name. */
  onPaneDied(session: string): Promise<void>;
}

/** How often the folder is looked at where it cannot be watched (no inotify watches left), or an agent's events wait. */
const slowDrainMs = 2_000;
/** Events of an agent that fail for longer are put aside, in milliseconds. */
const giveUpMs = 10 * 60_000;
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
  private readonly tokens: Pick<HookTokens, 'standingOf'>;
  private readonly watch: WatchFolder;
  /** Whose the files are that are held back: they are not read again at every event of another. */
  private readonly waiting = new Map</* name of the file */ string, /* agent id */ string>();
  /** Files that were taken and could not be removed. */
  private readonly taken = new Set</* name of the file */ string>();
  private readonly troubledSince = new Map</* agent id, or a file that cannot be read */ string, /* ms */ number>();
  private listener: SpoolListener | undefined;
  private unwatch: (() => void) | undefined;
  private cancelSlowDrain: (() => void) | undefined;
  private warned = false;
  private sweptAtMs = 0;
  private draining: Promise<void> | undefined;
  private again = false;

  constructor(deps: {
    folder: string;
    log: Log;
    clock: Clock;
    tokens: Pick<HookTokens, 'standingOf'>;
    watch?: WatchFolder;
  }) {
    this.folder = deps.folder;
    this.log = deps.log;
    this.clock = deps.clock;
    this.tokens = deps.tokens;
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
    this.sweptAtMs = this.clock.monotonicMs();
    const before = this.clock.now().getTime() - keepLeftoversMs;
    for (const name of (await readdir(this.folder)).filter((each) => each.startsWith('.'))) {
      const file = path.join(this.folder, name);
      try {
        if ((await lstat(file)).mtimeMs < before) await rm(file, { force: true });
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT') this.log.warn(`the leftover ${name} of the spool stays (${errnoOf(error)})`);
      }
    }
  }

  private async drainUntilEmpty(): Promise<void> {
    do {
      this.again = false;
      const held = new Set<string>();
      for (const name of await this.namesInOrder()) await this.take(name, held);
      if (held.size > 0) this.drainLater();
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
      return (await lstat(path.join(this.folder, name), { bigint: true })).mtimeNs;
    } catch {
      // Taken meanwhile.
      return 0n;
    }
  }

  private async take(name: string, held: Set<string>): Promise<void> {
    const file = path.join(this.folder, name);
    const knownOwner = this.waiting.get(name);
    if (this.listener === undefined || (knownOwner !== undefined && held.has(knownOwner))) return;
    let owner = knownOwner ?? name;
    try {
      const spooled = await readSpooled(file);
      if (spooled.kind === 'broken') return await this.putAside(file, spooled.reason);
      if (spooled.kind !== 'nothing') {
        owner = spooled.agentId;
        if (held.has(owner)) return void this.waiting.set(name, owner);
        if (!this.taken.has(name) && !(await this.handOn(file, spooled, this.listener))) return;
        this.taken.add(name);
      }
      await rm(file, { force: true });
      this.taken.delete(name);
      this.waiting.delete(name);
      this.troubledSince.delete(owner);
    } catch (error) {
      await this.fail(file, owner, held, error);
    }
  }

  /** False when it was put aside. */
  private async handOn(
    file: string,
    spooled: Spooled & { kind: 'event' | 'died' },
    listener: SpoolListener,
  ): Promise<boolean> {
    const { agentId } = spooled;
    if (spooled.kind === 'died') {
      await listener.onPaneDied(agentId);
      return true;
    }
    switch (await this.tokens.standingOf(agentId, spooled.event.launchId, spooled.token)) {
      case 'unknown':
        throw new NotNow('its token cannot be read');
      case 'wrong':
        await this.putAside(file, `it has not the token of ${agentId}`);
        return false;
      case 'former':
        this.log.info(`an event of an earlier launch of ${agentId} came late and was dropped`);
        return true;
      case 'right':
      case 'none':
        await listener.onEvent(agentId, spooled.event);
        return true;
    }
  }

  /** What comes after it must not be taken before it, so that all of its owner waits; nobody else does. */
  private async fail(file: string, owner: string, held: Set<string>, error: unknown): Promise<void> {
    const name = path.basename(file);
    // Somebody removed it; what the listener misses is something else.
    if (errnoOf(error) === 'ENOENT' && !existsSync(file)) return void this.waiting.delete(name);
    const now = this.clock.monotonicMs();
    const since = this.troubledSince.get(owner);
    if (!mayPass(error) || (since !== undefined && now - since > giveUpMs)) {
      this.log.error(`the spooled event ${name} cannot be taken`, error);
      await this.putAside(file, 'it failed').catch((reason: unknown) => this.log.error(`${name} stays`, reason));
      return;
    }
    if (since === undefined) this.log.error(`the spooled event ${name} was not taken yet`, error);
    this.troubledSince.set(owner, since ?? now);
    this.waiting.set(name, owner);
    held.add(owner);
  }

  private async putAside(file: string, reason: string): Promise<void> {
    const name = path.basename(file);
    await rename(file, path.join(path.dirname(file), `.broken-${name}`));
    this.log.warn(`the spooled file ${name} was put aside: ${reason}`);
    for (const known of [this.waiting, this.taken, this.troubledSince]) known.delete(name);
    if (this.clock.monotonicMs() - this.sweptAtMs > keepLeftoversMs) await this.sweep();
  }
}

/** Something that is not there for the moment. */
class NotNow extends Error {}

/** Whether it may go better later: the system or the user's files are at fault, and not what the file says. */
function mayPass(error: unknown): boolean {
  return error instanceof NotNow || !(errnoOf(error) ?? 'ERR_').startsWith('ERR_');
}
