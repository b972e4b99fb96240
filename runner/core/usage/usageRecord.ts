import { createHash } from 'node:crypto';
import {
  array,
  boolean,
  type InferOutput,
  literal,
  nullable,
  number,
  object,
  optional,
  picklist,
  record,
  string,
  tuple,
  unknown,
  variant,
} from 'valibot';
import type { Tokens } from '../../protocol/cost.ts';
import type { TranscriptFact, TranscriptMemory } from '../runtimes/transcriptFormat.ts';
import { addTokens, checkedTokens, noTokens, subtractTokens, totalTokens } from './tokens.ts';

export const usageSchemaVersion = 1;

/** How far a transcript was read. */
export interface FileProgress {
  identity: string | null;
  offset: number;
  memory: TranscriptMemory;
  /** What it said last of its agent. */
  sign?: TranscriptSign | undefined;
}

export type TranscriptSign = Omit<TranscriptFact & { kind: 'sign' }, 'kind'>;

export type UsageFact = TranscriptFact & { kind: 'usage' };
export type HourTotals = ReadonlyMap</* UTC hour: 2026-11-22T14 */ string, ReadonlyMap</* model */ string, Tokens>>;

/**
 * Messages whose numbers may still be replaced: Claude Code 2.1.330 writes one message as several lines in a row, a line
 * a content block, and a few dozen subagents may write at the same time.
 */
const replaceableCount = 256;
/**
 * Older messages that are known to be counted: Gemini CLI 0.61 repeats messages of a conversation in the file that a
 * resume begins. A conversation of more model messages than this has been compressed several times before.
 */
const knownCount = 4_096;
const hashLength = 12;
const maxModelLength = 100;

const tokensSchema = object({
  input: number(),
  output: number(),
  cacheRead: number(),
  cacheWrite: number(),
  cacheWriteLong: number(),
});

const signSchema = object({
  sign: variant('state', [
    object({ state: picklist(['busy', 'idle', 'quiet', 'waiting']), detail: string() }),
    object({
      state: literal('parked'),
      detail: string(),
      // Earlier versions wrote none.
      cause: optional(picklist(['limit', 'login', 'model', 'other']), 'other'),
      retries: optional(boolean()),
    }),
  ]),
  at: string(),
  until: nullable(string()),
});

/** `agents/<id>/usage.json`. Offsets and totals are in one file: a crash neither loses nor doubles use. */
export const usageSchema = object({
  schema: literal(usageSchemaVersion),
  files: record(
    string(),
    object({
      identity: nullable(string()),
      offset: number(),
      memory: record(string(), unknown()),
      sign: optional(signSchema),
    }),
  ),
  /** Oldest first: the message's hash, its hour, its model, its tokens. */
  replaceable: array(tuple([string(), string(), string(), tokensSchema])),
  /** Hashes, oldest first, with blanks between. */
  known: string(),
  totals: record(string(), record(string(), tokensSchema)),
});

interface Counted {
  hour: string;
  model: string;
  tokens: Tokens;
}

/** What one agent used, and how far its transcripts were read. */
export class UsageRecord {
  private readonly files = new Map</* path */ string, FileProgress>();
  private readonly replaceable = new Map</* hash */ string, Counted>();
  private readonly known = new Set</* hash */ string>();
  private readonly hours = new Map<string, Map<string, Tokens>>();

  static fromJson(stored: InferOutput<typeof usageSchema>): UsageRecord {
    const usage = new UsageRecord();
    for (const [path, progress] of Object.entries(stored.files)) usage.files.set(path, progress);
    for (const [hash, hour, model, tokens] of stored.replaceable) usage.replaceable.set(hash, { hour, model, tokens });
    for (const hash of stored.known.split(' ')) if (hash !== '') usage.known.add(hash);
    for (const [hour, models] of Object.entries(stored.totals)) usage.hours.set(hour, new Map(Object.entries(models)));
    return usage;
  }

  toJson(): InferOutput<typeof usageSchema> {
    return {
      schema: usageSchemaVersion,
      files: Object.fromEntries(
        [...this.files].map(([path, progress]) => [path, { ...progress, memory: { ...progress.memory } }]),
      ),
      replaceable: [...this.replaceable].map(([hash, { hour, model, tokens }]) => [hash, hour, model, tokens]),
      known: [...this.known].join(' '),
      totals: Object.fromEntries([...this.hours].map(([hour, models]) => [hour, Object.fromEntries(models)])),
    };
  }

  get totals(): HourTotals {
    return this.hours;
  }

  progress(path: string): FileProgress | undefined {
    return this.files.get(path);
  }

  advance(path: string, progress: FileProgress): void {
    this.files.set(path, progress);
  }

  /** A message that comes again replaces its earlier numbers. */
  add(fact: UsageFact, now: Date): void {
    const hash = hashOf(fact.messageId);
    if (this.known.has(hash)) return;
    const earlier = this.replaceable.get(hash);
    if (earlier !== undefined) this.change(earlier, subtractTokens);
    const counted = {
      hour: hourOf(fact.at) ?? hourOf(now.toISOString()) ?? '',
      model: fact.model.slice(0, maxModelLength),
      tokens: checkedTokens(fact.tokens),
    };
    this.change(counted, addTokens);
    this.replaceable.delete(hash);
    this.replaceable.set(hash, counted);
    this.forgetOldest();
  }

  private change({ hour, model, tokens }: Counted, combine: (a: Tokens, b: Tokens) => Tokens): void {
    const models = this.hours.get(hour) ?? new Map<string, Tokens>();
    const sum = combine(models.get(model) ?? noTokens, tokens);
    if (totalTokens(sum) === 0) models.delete(model);
    else models.set(model, sum);
    if (models.size === 0) this.hours.delete(hour);
    else this.hours.set(hour, models);
  }

  private forgetOldest(): void {
    for (const hash of this.replaceable.keys()) {
      if (this.replaceable.size <= replaceableCount) break;
      this.replaceable.delete(hash);
      this.known.add(hash);
    }
    for (const hash of this.known) {
      if (this.known.size <= knownCount) break;
      this.known.delete(hash);
    }
  }
}

/** `2026-11-22T14` of an ISO 8601 time; undefined when it is none. */
function hourOf(at: string): string | undefined {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString().slice(0, 13);
}

function hashOf(messageId: string): string {
  return createHash('sha1').update(messageId).digest('base64url').slice(0, hashLength);
}
