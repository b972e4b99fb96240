import type { Changes } from '../changes.ts';
import { KeyedMutex } from '../files/keyedMutex.ts';
import { Turnstile } from '../files/turnstile.ts';
import type { Clock, Environment, Log } from '../ports.ts';
import type { LiveSign } from '../runtimes/runtimeBehaviour.ts';
import type { Ledger } from '../usage/ledger.ts';
import { type FollowedListener, FollowedTranscript, type TranscriptSource } from './followedTranscript.ts';
import { type OpenTranscript, openTranscript } from './openTranscript.ts';
import { type WatchPath, watchPath } from './watchPath.ts';

export interface TranscriptListener {
  /** The transcript says what the agent does. */
  onSign(agentId: string, sign: LiveSign): void;
  /** A person's text reached the conversation. */
  onPrompt(agentId: string, prompt: { at: string; text: string }): void;
  /** The transcript was written to at that time (ISO 8601). */
  onGrowth(agentId: string, at: string): void;
  /** It will be looked at: until then nobody knows when it was last written to. */
  onUnseen(agentId: string): void;
  /** It was looked at, or cannot be. */
  onSeen(agentId: string): void;
}

export interface FollowerDeps {
  ledger: Ledger;
  changes: Changes;
  /** The environment that agents of a runtime get. */
  envOf(runtime: string): Promise<Environment>;
  clock: Clock;
  log: Log;
  listener: TranscriptListener;
  watch?: WatchPath;
  open?: OpenTranscript;
}

/** How many transcripts are read at the same time, each with up to 16 MB of a line in memory. */
const parallelReads = 4;

/** A transcript that grows is announced at most this often. */
const announceMs = 250;

/** Follows the transcripts of agents: their use into the ledger, their signs to the listener. Polls nothing. */
export class TranscriptFollower {
  private readonly deps: FollowerDeps;
  private readonly followed = new Map<
    /* agent id */ string,
    { source: TranscriptSource; transcript: FollowedTranscript }
  >();
  private readonly announced = new Map</* agent id */ string, { again: boolean; cancel: () => void }>();
  private readonly changing = new KeyedMutex();
  private readonly turns = new Turnstile(parallelReads);

  constructor(deps: FollowerDeps) {
    this.deps = deps;
  }

  /** Tells what an earlier daemon read of a transcript that is not followed yet. The file itself need not be looked at. */
  async recall(agentId: string, { path }: Pick<TranscriptSource, 'path'>): Promise<void> {
    if (this.followed.has(agentId)) return;
    const { ledger, listener } = this.deps;
    listener.onUnseen(agentId);
    const usage = await ledger.open(agentId);
    const known = usage.progress(path)?.sign;
    if (known !== undefined)
      listener.onSign(agentId, { ...known.sign, source: 'transcript', since: known.at, until: known.until });
    await ledger.close(agentId);
  }

  /** Begins to follow; one that is followed already is looked at. Another conversation takes the place of the former. */
  async follow(agentId: string, source: TranscriptSource): Promise<void> {
    await this.changing
      .run(agentId, () => this.begin(agentId, source))
      .catch((error: unknown) => {
        this.deps.listener.onSeen(agentId);
        throw error;
      });
  }

  private async begin(agentId: string, source: TranscriptSource): Promise<void> {
    const known = this.followed.get(agentId);
    if (known !== undefined && isSame(known.source, source)) {
      known.transcript.look();
      return;
    }
    await this.end(agentId);
    const { ledger, envOf, clock, log, watch = watchPath, open = openTranscript } = this.deps;
    const usage = await ledger.open(agentId);
    const listener = this.listenerOf(agentId);
    const root = source.format.root(await envOf(source.runtime));
    const { turns } = this;
    const transcript = new FollowedTranscript({
      agentId,
      source,
      root,
      usage,
      clock,
      log,
      watch,
      open,
      listener,
      turns,
    });
    this.followed.set(agentId, { source, transcript });
    transcript.start();
    void transcript.settled().finally(() => this.deps.listener.onSeen(agentId));
  }

  /** Reads what there still is, writes down what was used, and looks no more. */
  async unfollow(agentId: string): Promise<void> {
    await this.changing.run(agentId, () => this.end(agentId));
  }

  /** Takes what an agent that has ended wrote while nobody looked. */
  async catchUp(agentId: string, source: TranscriptSource): Promise<void> {
    await this.follow(agentId, source);
    await this.unfollow(agentId);
  }

  /** Reads what there is now. */
  async settled(agentId: string): Promise<void> {
    const known = this.followed.get(agentId);
    known?.transcript.readAll();
    await known?.transcript.settled();
  }

  async stop(): Promise<void> {
    for (const { cancel } of this.announced.values()) cancel();
    this.announced.clear();
    const stopping = [...this.followed].map(async ([agentId, { transcript }]) => {
      await transcript.stop();
      await this.deps.ledger.close(agentId);
    });
    this.followed.clear();
    await Promise.all(stopping);
  }

  private async end(agentId: string): Promise<void> {
    const known = this.followed.get(agentId);
    if (known === undefined) return;
    this.followed.delete(agentId);
    await known.transcript.finish();
    await this.deps.ledger.close(agentId);
  }

  private listenerOf(agentId: string): FollowedListener {
    const { listener } = this.deps;
    return {
      onSign: (sign) => listener.onSign(agentId, sign),
      onPrompt: (prompt) => listener.onPrompt(agentId, prompt),
      onGrowth: (at, hasGrown) => {
        listener.onGrowth(agentId, at);
        if (hasGrown) this.announce(agentId);
      },
    };
  }

  /** At once, and then once more after a while if it went on growing. */
  private announce(agentId: string): void {
    const running = this.announced.get(agentId);
    if (running !== undefined) {
      running.again = true;
      return;
    }
    this.deps.changes.fire({ scope: 'transcripts', ids: [agentId] });
    const pause = { again: false, cancel: this.deps.clock.after(announceMs, () => this.endPause(agentId)) };
    this.announced.set(agentId, pause);
  }

  private endPause(agentId: string): void {
    const again = this.announced.get(agentId)?.again === true;
    this.announced.delete(agentId);
    if (again) this.announce(agentId);
  }
}

function isSame(a: TranscriptSource, b: TranscriptSource): boolean {
  return a.path === b.path && a.sessionId === b.sessionId && a.format === b.format;
}
