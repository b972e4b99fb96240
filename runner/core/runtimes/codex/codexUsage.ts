import * as v from 'valibot';
import type { Tokens } from '../../../protocol/cost.ts';
import type { TranscriptFact } from '../transcriptFormat.ts';
import type { RolloutLine, RolloutMemory } from './codexTranscript.ts';

const count = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0);

/** `input_tokens` holds what came from a cache and went to one; `output_tokens` holds the reasoning. */
const useSchema = v.object({
  input_tokens: count,
  cached_input_tokens: count,
  cache_write_input_tokens: count,
  output_tokens: count,
});

const recordSchema = v.looseObject({ response_id: v.string(), usage: useSchema });

/** The use of one answer of the model. */
export function recordedUse({ timestamp: at, payload }: RolloutLine, memory: RolloutMemory): TranscriptFact[] {
  const record = v.safeParse(recordSchema, payload);
  if (!record.success) return [];
  const { response_id: messageId, usage } = record.output;
  return [{ kind: 'usage', messageId, model: memory.model, at, tokens: tokensOf(usage) }];
}

const countSchema = v.looseObject({
  info: v.object({
    total_token_usage: v.looseObject({ total_tokens: v.number() }),
    last_token_usage: useSchema,
  }),
});

/** The same from the running total, of a Codex that records no single answers. The total tells one from the next. */
export function reportedUse({ timestamp: at, payload }: RolloutLine, memory: RolloutMemory): TranscriptFact[] {
  const report = v.safeParse(countSchema, payload);
  if (memory.hasRecords || !report.success) return [];
  const { total_token_usage: total, last_token_usage: last } = report.output.info;
  const messageId = `total ${total.total_tokens}`;
  return [{ kind: 'usage', messageId, model: memory.model, at, tokens: tokensOf(last) }];
}

function tokensOf(use: v.InferOutput<typeof useSchema>): Tokens {
  const { cached_input_tokens: cacheRead, cache_write_input_tokens: cacheWrite } = use;
  const input = Math.max(0, use.input_tokens - cacheRead - cacheWrite);
  return { input, output: use.output_tokens, cacheRead, cacheWrite, cacheWriteLong: 0 };
}
