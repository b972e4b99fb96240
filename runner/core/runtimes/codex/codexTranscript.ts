import path from 'node:path';
import * as v from 'valibot';
import type { TranscriptFact, TranscriptFormat, TranscriptMemory } from '../transcriptFormat.ts';
import { codexFailure } from './codexFailure.ts';
import { itemFacts } from './codexItems.ts';
import { recordedUse, reportedUse } from './codexUsage.ts';

/** A line of a rollout (Codex 0.169.0): one is written, and flushed, at the end of each thing that happened. */
const lineSchema = v.object({
  timestamp: v.string(),
  type: v.string(),
  payload: v.looseObject({ type: v.optional(v.string()) }),
});
export type RolloutLine = v.InferOutput<typeof lineSchema>;

const memorySchema = v.object({
  /** The model of the turn, which lines about its use do not name. */
  model: v.optional(v.string(), ''),
  /** Use is recorded for each answer; before Codex did so, only its running total tells. */
  hasRecords: v.optional(v.boolean(), false),
  /** When a limit that is used up ends. */
  resetsAt: v.optional(v.nullable(v.string()), null),
});
export type RolloutMemory = v.InferOutput<typeof memorySchema>;

/** Rollouts: `$CODEX_HOME/sessions/<year>/<month>/<day>/rollout-<time>-<session id>.jsonl`. */
export const codexTranscript: TranscriptFormat = {
  root: (env) => path.join(codexHome(env), 'sessions'),
  read: readLine,
};

export function codexHome(env: Readonly<Record<string, string | undefined>>): string {
  const { CODEX_HOME: home, HOME: user } = env;
  return home === undefined || home === '' ? path.join(user ?? '/', '.codex') : home;
}

function readLine(raw: unknown, memory: TranscriptMemory): { facts: TranscriptFact[]; memory: TranscriptMemory } {
  const parsed = v.safeParse(lineSchema, raw);
  if (!parsed.success) return { facts: [], memory };
  const known = v.parse(memorySchema, memory);
  const line = parsed.output;
  switch (line.type) {
    case 'turn_context': {
      const { model } = line.payload;
      return { facts: [], memory: typeof model === 'string' ? { ...known, model } : known };
    }
    case 'token_usage_record':
      return { facts: recordedUse(line, known), memory: { ...known, hasRecords: true } };
    case 'event_msg':
      return readEvent(line, known);
    default:
      return { facts: [], memory: known };
  }
}

function readEvent(line: RolloutLine, memory: RolloutMemory): { facts: TranscriptFact[]; memory: RolloutMemory } {
  const { payload, timestamp: at } = line;
  switch (payload.type) {
    case 'item_completed':
      return { facts: itemFacts(payload['item'], at), memory };
    case 'token_count': {
      const resetsAt = usedUpUntil(payload['rate_limits']);
      return { facts: reportedUse(line, memory), memory: { ...memory, resetsAt } };
    }
    case 'task_started':
      return { facts: [sign(at, 'busy', 'working')], memory };
    case 'turn_aborted':
      return { facts: [sign(at, 'idle', 'interrupted')], memory };
    case 'task_complete':
    case 'error': {
      const failure = codexFailure(payload.type === 'error' ? payload : payload['error'], memory.resetsAt);
      if (failure !== undefined) return { facts: [note(at, failure.message), { ...failure.sign, at }], memory };
      return { facts: payload.type === 'error' ? [] : [sign(at, 'idle', 'turn ended')], memory };
    }
    default:
      return { facts: [], memory };
  }
}

const windowSchema = v.object({ used_percent: v.number(), resets_at: v.number() });

/** The end of the limits that are used up, the last of them. Times are in seconds. */
function usedUpUntil(limits: unknown): string | null {
  if (typeof limits !== 'object' || limits === null) return null;
  const ends = Object.values(limits).flatMap((limit) => {
    const window = v.safeParse(windowSchema, limit);
    return window.success && window.output.used_percent >= 100 ? [window.output.resets_at] : [];
  });
  return ends.length === 0 ? null : new Date(Math.max(...ends) * 1000).toISOString();
}

function sign(at: string, state: 'busy' | 'idle', detail: string): TranscriptFact {
  return { kind: 'sign', sign: { state, detail }, at, until: null };
}

function note(at: string, text: string): TranscriptFact {
  return { kind: 'entry', entry: { at, kind: 'note', title: '', text, failed: true, aside: false } };
}
