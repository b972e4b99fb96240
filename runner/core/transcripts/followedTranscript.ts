import { realpathSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isBelow } from '../files/isBelow.ts';
import type { Turnstile } from '../files/turnstile.ts';
import type { Log } from '../ports.ts';
import type { LiveSign } from '../runtimes/runtimeBehaviour.ts';
import type { TranscriptFact, TranscriptFormat, TranscriptMemory } from '../runtimes/transcriptFormat.ts';
import { messageOf } from '../text/messageOf.ts';
import type { AgentUsage } from '../usage/ledger.ts';
import type { TranscriptSign, UsageFact } from '../usage/usageRecord.ts';
import { HopefulWatch, type HopefulWatchDeps } from './hopefulWatch.ts';
import { LineReader } from './lineReader.ts';
import type { OpenTranscript, TranscriptFile } from './openTranscript.ts';
import { parseLine } from './parseLine.ts';

export interface TranscriptSource {
  runtime: string;
  /** As the tool named it, absolute. */
  path: string;
  /** The conversation's id: some tools name the folder of its subagents by it. */
  sessionId: string | null;
  format: TranscriptFormat;
}

/** What one agent's transcript tells while it is followed. */
export interface FollowedListener {
  onSign(sign: LiveSign): void;
  onPrompt(prompt: { at: string; text: string }): void;
  /** When the transcript was last written to; told once at the beginning, and whenever it grew. */
  onGrowth(at: string, hasGrown: boolean): void;
}

export interface FollowedDeps extends HopefulWatchDeps {
  agentId: string;
  source: TranscriptSource;
  /** Where the format's transcripts lie. */
  root: string;
  usage: AgentUsage;
  open: OpenTranscript;
  /** Those of all agents take turns: a long line is held in memory while it is read. */
  turns: Turnstile;
  listener: FollowedListener;
  log: Log;
}

/** A file of the conversation: its own, or a subagent's. */
interface Part {
  reader: LineReader;
  memory: TranscriptMemory;
  sign: TranscriptSign | undefined;
  warned: boolean;
}

const transcriptSuffix = '.jsonl';

/** Follows the transcript of one agent and those of its subagents. Reads on when something changed, one file at a time. */
export class FollowedTranscript {
  private readonly deps: FollowedDeps;
  private readonly parts = new Map</* path */ string, Part>();
  private readonly due = new Set</* path */ string>();
  private readonly subagents: string | undefined;
  private readonly watches: HopefulWatch[] = [];
  private readonly ending = new AbortController();
  private reading: Promise<void> | undefined;
  private mustScan = false;

  constructor(deps: FollowedDeps) {
    this.deps = deps;
    const { format, path: main, sessionId } = deps.source;
    const folder = format.subagents?.(main, sessionId);
    this.subagents = folder !== undefined && this.isOwn(folder) ? folder : undefined;
  }

  start(): void {
    const { path: main } = this.deps.source;
    if (this.isOwn(main)) this.watches.push(new HopefulWatch(main, this.deps, () => this.readSoon(main)));
    const folder = this.subagents;
    if (folder !== undefined) {
      this.watches.push(new HopefulWatch(folder, this.deps, (name) => this.readSubagent(folder, name)));
    }
    this.readAll();
  }

  /** Looks whether the conversation itself went on, though no event told. */
  look(): void {
    this.readSoon(this.deps.source.path);
  }

  /** The same for the subagents' as well. */
  readAll(): void {
    this.mustScan = this.subagents !== undefined;
    this.readSoon(this.deps.source.path);
  }

  /** Resolves when everything that is known to have changed was read. */
  async settled(): Promise<void> {
    while (this.reading !== undefined) await this.reading;
  }

  /** Reads what there still is, and then no more. */
  async finish(): Promise<void> {
    this.closeWatches();
    this.readAll();
    await this.settled();
    this.ending.abort();
  }

  /** Stops between two chunks. */
  async stop(): Promise<void> {
    this.ending.abort();
    this.closeWatches();
    await this.settled();
  }

  /** The path is a hook's word: nothing beside the tool's own folder is watched for it. */
  private isOwn(file: string): boolean {
    const { root } = this.deps;
    return isBelow(file, root) || isBelow(file, realPathOf(root));
  }

  private closeWatches(): void {
    for (const watch of this.watches.splice(0)) watch.close();
  }

  private readSubagent(folder: string, name: string | null): void {
    if (name === null) this.readAll();
    else if (name.endsWith(transcriptSuffix)) this.readSoon(path.join(folder, name));
  }

  private readSoon(file: string): void {
    this.due.add(file);
    this.reading ??= this.readDue().finally(() => {
      this.reading = undefined;
    });
  }

  private async readDue(): Promise<void> {
    // One look for all events of this moment.
    await Promise.resolve();
    for (;;) {
      if (this.ending.signal.aborted) return;
      if (this.mustScan) await this.scan();
      const [file] = this.due;
      if (file === undefined) return;
      this.due.delete(file);
      try {
        await this.deps.turns.run(() => this.readOne(file));
      } catch (error) {
        this.deps.log.warn(`${file} of ${this.deps.agentId} was not read: ${messageOf(error)}`);
      }
    }
  }

  private async scan(): Promise<void> {
    this.mustScan = false;
    const folder = this.subagents;
    if (folder === undefined) return;
    // Most agents never have a subagent, and so no such folder.
    const names = await readdir(folder).catch(() => []);
    for (const name of names) if (name.endsWith(transcriptSuffix)) this.due.add(path.join(folder, name));
  }

  private async readOne(file: string): Promise<void> {
    const opened = await this.deps.open(file, this.deps.root);
    if (opened.kind === 'missing') return;
    if (opened.kind === 'refused') return this.refuse(file, opened.reason);
    try {
      await this.readOn(file, opened.file);
    } finally {
      await opened.file.close();
    }
  }

  private async readOn(file: string, opened: TranscriptFile): Promise<void> {
    const isFirstLook = !this.parts.has(file);
    const part = this.partOf(file);
    const before = part.reader.position;
    const skipped = part.reader.skipped;
    const handler = {
      onRestart: () => {
        part.memory = {};
        part.sign = undefined;
      },
      onLine: (line: string, end: number) => this.takeLine(file, part, line, end),
    };
    const isKnown = before.identity === opened.identity && before.offset <= opened.size;
    if (isFirstLook && isKnown) this.tellSign(file, part);
    await part.reader.readOn(opened, handler, this.ending.signal);
    const after = part.reader.position;
    if (part.reader.skipped > skipped) this.warn(file, part, 'it has lines of more than 16 MB, which are left out');
    const hasGrown = before.identity !== after.identity || before.offset !== after.offset;
    if (hasGrown || isFirstLook) this.deps.listener.onGrowth(opened.modifiedAt.toISOString(), hasGrown);
  }

  private partOf(file: string): Part {
    const known = this.parts.get(file);
    if (known !== undefined) return known;
    const { identity = null, offset = 0, memory = {}, sign } = this.deps.usage.progress(file) ?? {};
    const part = { reader: new LineReader({ identity, offset }), memory, sign, warned: false };
    this.parts.set(file, part);
    return part;
  }

  private takeLine(file: string, part: Part, line: string, end: number): void {
    const { facts, memory, problem } = parseLine(this.deps.source.format, line, part.memory);
    if (problem !== undefined) this.warn(file, part, `a line that ends at byte ${end} says nothing: ${problem}`);
    part.memory = memory;
    const used = facts.filter((fact): fact is UsageFact => fact.kind === 'usage');
    part.sign = facts.findLast((fact) => fact.kind === 'sign') ?? part.sign;
    const progress = { identity: part.reader.position.identity, offset: end, memory, sign: part.sign };
    this.deps.usage.take(file, progress, used);
    // What a subagent is asked or does is not what the agent is asked or does.
    if (file === this.deps.source.path) for (const fact of facts) this.tell(fact);
  }

  /** What was read by an earlier daemon is not read again, and counts all the same. */
  private tellSign(file: string, { sign }: Part): void {
    if (sign !== undefined && file === this.deps.source.path) this.tell({ kind: 'sign', ...sign });
  }

  /** A listener that fails must not cost the lines that follow. */
  private tell(fact: TranscriptFact): void {
    const { listener, log, agentId } = this.deps;
    try {
      if (fact.kind === 'prompt') listener.onPrompt({ at: fact.at, text: fact.text });
      if (fact.kind !== 'sign') return;
      const { sign, at, until } = fact;
      listener.onSign({ ...sign, source: 'transcript', since: at, until });
    } catch (error) {
      log.error(`what the transcript of ${agentId} says was not taken`, error);
    }
  }

  private refuse(file: string, reason: string): void {
    this.warn(file, this.partOf(file), reason);
  }

  /** Once a file: a tool that changed its format says the same of every line. */
  private warn(file: string, part: Part, text: string): void {
    if (part.warned) return;
    part.warned = true;
    this.deps.log.warn(`${file} of ${this.deps.agentId}: ${text}`);
  }
}

function realPathOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    // Not there yet.
    return folder;
  }
}
