import {
  array,
  boolean,
  type InferOutput,
  looseObject,
  number,
  optional,
  safeParse,
  string,
  union,
  unknown,
} from 'valibot';
import type { Tokens } from '../../../protocol/cost.ts';
import type { TranscriptEntry } from '../../../protocol/models.ts';
import { parkedBy } from '../parkedSign.ts';
import type { TitleSign } from '../runtimeBehaviour.ts';
import type { TranscriptFact, TranscriptFormat } from '../transcriptFormat.ts';
import { claudePlaces } from './claudePlaces.ts';

/** A content block of a message. */
const blockSchema = looseObject({
  type: string(),
  text: optional(string()),
  name: optional(string()),
  input: optional(unknown()),
  content: optional(unknown()),
  is_error: optional(boolean()),
});

const usageSchema = looseObject({
  input_tokens: optional(number(), 0),
  output_tokens: optional(number(), 0),
  cache_read_input_tokens: optional(number(), 0),
  cache_creation_input_tokens: optional(number(), 0),
  cache_creation: optional(looseObject({ ephemeral_1h_input_tokens: optional(number(), 0) })),
});

/** A line of 2.1.330. Others (`mode`, `attachment`, `api-request`, `file-history-snapshot`, ...) say nothing. */
const lineSchema = looseObject({
  type: string(),
  subtype: optional(string()),
  operation: optional(string()),
  timestamp: optional(string()),
  isSidechain: optional(boolean()),
  isMeta: optional(boolean()),
  isApiErrorMessage: optional(boolean()),
  error: optional(string()),
  quotaLimits: optional(looseObject({ resetsAt: optional(number()) })),
  content: optional(unknown()),
  attachment: optional(looseObject({ type: string(), prompt: optional(unknown()), isMeta: optional(boolean()) })),
  message: optional(
    looseObject({
      id: optional(string()),
      model: optional(string()),
      content: optional(union([string(), array(blockSchema)])),
      usage: optional(usageSchema),
    }),
  ),
});

type Line = InferOutput<typeof lineSchema> & { timestamp: string };
type Block = InferOutput<typeof blockSchema>;

/** The conversations of Claude Code: one file a session, `<session>/subagents/*.jsonl` beside it. */
export const claudeTranscript: TranscriptFormat = {
  root: (env) => claudePlaces(env).transcripts,
  subagents: (transcript) => transcript.replace(/\.jsonl$/, '/subagents'),
  read(line, memory) {
    const parsed = safeParse(lineSchema, line);
    const { timestamp } = parsed.success ? parsed.output : {};
    if (!parsed.success || timestamp === undefined) return { facts: [], memory };
    return { facts: factsOf({ ...parsed.output, timestamp }), memory };
  },
};

function factsOf(line: Line): TranscriptFact[] {
  switch (line.type) {
    case 'user':
      return line.isMeta === true ? [] : blocksOf(line).flatMap((block) => userFacts(line, block));
    case 'assistant':
      return line.isApiErrorMessage === true ? failureFacts(line) : assistantFacts(line);
    case 'queue-operation':
      // Entered while it worked: it has it, and shows it to the model later.
      return line.operation === 'enqueue' && typeof line.content === 'string' ? [promptFact(line, line.content)] : [];
    case 'attachment':
      return attachmentFacts(line);
    case 'system':
      return systemFacts(line);
    default:
      return [];
  }
}

function userFacts(line: Line, block: Block): TranscriptFact[] {
  if (block.type === 'tool_result') {
    return [entryFact(line, { kind: 'result', text: resultText(block.content), failed: block.is_error === true })];
  }
  const text = block.text ?? '';
  if (block.type !== 'text' || text === '') return [];
  if (text.startsWith('[Request interrupted by user')) {
    return [
      entryFact(line, { kind: 'note', text: 'interrupted' }),
      signFact(line, { state: 'idle', detail: 'was interrupted' }, null),
    ];
  }
  return [entryFact(line, { kind: 'user', text }), ...(line.isSidechain === true ? [] : [promptFact(line, text)])];
}

function assistantFacts(line: Line): TranscriptFact[] {
  const entries = blocksOf(line).flatMap((block) => assistantEntry(line, block));
  const { id, model, usage } = line.message ?? {};
  if (id === undefined || model === undefined || usage === undefined || model === '<synthetic>') return entries;
  return [...entries, { kind: 'usage', messageId: id, model, at: line.timestamp, tokens: tokensOf(usage) }];
}

function assistantEntry(line: Line, block: Block): TranscriptFact[] {
  if (block.type === 'text' && block.text !== undefined) return [entryFact(line, { kind: 'agent', text: block.text })];
  if (block.type !== 'tool_use') return [];
  return [entryFact(line, { kind: 'tool', title: block.name ?? '', text: inputText(block.input) })];
}

/** The tool puts the failures of its API where the model's words would be. */
function failureFacts(line: Line): TranscriptFact[] {
  const text = blocksOf(line)
    .map((block) => block.text ?? '')
    .join('\n');
  const entry = entryFact(line, { kind: 'note', text, failed: true });
  const parked = parkedBy(line.error ?? '');
  if (parked === undefined || line.isSidechain === true) return [entry];
  const resetsAt = line.quotaLimits?.resetsAt;
  const until = resetsAt === undefined ? null : new Date(resetsAt * 1000).toISOString();
  return [entry, signFact(line, parked, until)];
}

/** A message that was entered while a tool ran, at the place where the model got it. */
function attachmentFacts({ attachment, ...line }: Line): TranscriptFact[] {
  const { type, prompt, isMeta } = attachment ?? {};
  if (type !== 'queued_command' || isMeta === true || typeof prompt !== 'string') return [];
  return [entryFact(line, { kind: 'user', text: prompt })];
}

function systemFacts(line: Line): TranscriptFact[] {
  if (line.subtype === 'compact_boundary') return [entryFact(line, { kind: 'note', text: 'conversation summarized' })];
  if (line.subtype !== 'informational' || typeof line.content !== 'string') return [];
  return [entryFact(line, { kind: 'note', text: line.content })];
}

function tokensOf(usage: InferOutput<typeof usageSchema>): Tokens {
  const cacheWriteLong = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  return {
    input: usage.input_tokens,
    output: usage.output_tokens,
    cacheRead: usage.cache_read_input_tokens,
    cacheWrite: Math.max(0, usage.cache_creation_input_tokens - cacheWriteLong),
    cacheWriteLong,
  };
}

function blocksOf({ message }: Line): Block[] {
  const content = message?.content ?? [];
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

function resultText(content: unknown): string {
  if (typeof content === 'string') return content;
  const parsed = safeParse(array(blockSchema), content);
  return parsed.success ? parsed.output.map(({ type, text }) => text ?? `[${type}]`).join('\n') : '';
}

/** What a reader wants to see of a tool's use: the command, the file; else all of it. */
function inputText(input: unknown): string {
  const parsed = safeParse(inputSchema, input);
  const { command, file_path: file, pattern } = parsed.success ? parsed.output : {};
  return command ?? file ?? pattern ?? JSON.stringify(input ?? {});
}

const inputSchema = looseObject({
  command: optional(string()),
  file_path: optional(string()),
  pattern: optional(string()),
});

function entryFact(
  line: Line,
  entry: Partial<TranscriptEntry> & Pick<TranscriptEntry, 'kind' | 'text'>,
): TranscriptFact {
  const whole = { at: line.timestamp, title: '', failed: false, aside: line.isSidechain === true, ...entry };
  return { kind: 'entry', entry: whole };
}

function promptFact(line: Line, text: string): TranscriptFact {
  return { kind: 'prompt', at: line.timestamp, text };
}

function signFact(line: Line, sign: TitleSign, until: string | null): TranscriptFact {
  return { kind: 'sign', sign, at: line.timestamp, until };
}
