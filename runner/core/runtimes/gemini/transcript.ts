import path from 'node:path';
import {
  array,
  type InferOutput,
  looseObject,
  nullish,
  number,
  object,
  optional,
  safeParse,
  string,
  unknown,
} from 'valibot';
import type { TranscriptEntry } from '../../../protocol/models.ts';
import { fieldsOf, textOf } from '../../text/fields.ts';
import type { TranscriptFact, TranscriptFormat, TranscriptMemory } from '../transcriptFormat.ts';
import { readApiError } from './apiError.ts';
import { geminiFolder } from './geminiFolder.ts';

const tokensSchema = object({
  input: number(),
  output: number(),
  cached: optional(number(), 0),
  thoughts: optional(number(), 0),
  tool: optional(number(), 0),
});

const callSchema = looseObject({
  id: string(),
  name: string(),
  status: string(),
  args: unknown(),
  result: unknown(),
  timestamp: optional(string()),
});

const messageSchema = looseObject({
  id: string(),
  timestamp: string(),
  type: string(),
  content: unknown(),
  model: optional(string()),
  tokens: nullish(tokensSchema),
  toolCalls: optional(array(callSchema), []),
});

/** What a line is read with: messages and calls are written again when more is known of them. */
interface Memory {
  /** The conversation is being written again from its beginning. */
  replays: boolean;
  message: string;
  calls: string[];
}

/**
 * `~/.gemini/tmp/<project>/chats/session-<time>-<id>.jsonl`: a header, messages, and `$set` lines that change what was
 * said before. A model's message is written when it was heard and again, with the same id, when its tools have run.
 * After a dialog was declined the whole conversation is written again under new ids: from a message of the user that
 * begins with the session's context to a `$set` of all messages.
 */
export const geminiTranscript: TranscriptFormat = {
  root: (env) => path.join(geminiFolder(env), 'tmp'),
  subagents: (transcript, sessionId) =>
    sessionId === null ? undefined : path.join(path.dirname(transcript), sessionId),
  turns: { marks: ['"messages"', '<session_context>'], after: afterTurn },
  read(line, memory) {
    const before = remembered(memory);
    if (fieldsOf(fieldsOf(line)['$set'])['messages'] !== undefined) return read([], { ...before, replays: false });
    const parsed = safeParse(messageSchema, line);
    if (!parsed.success) return { facts: [], memory };
    const message = parsed.output;
    const text = textIn(message.content);
    if (message.type === 'user' && text.startsWith('<session_context>')) return read([], { ...before, replays: true });
    if (before.replays && (message.type === 'user' || message.type === 'gemini')) return { facts: [], memory };
    switch (message.type) {
      case 'user':
        return read(userFacts(message.timestamp, text), before);
      case 'gemini':
        return readAnswer(message, text, before);
      case 'info':
        return read(infoFacts(message.timestamp, text), before);
      case 'error': {
        const { sign, until } = readApiError(text, message.timestamp);
        return read(
          [note(message.timestamp, text, true), { kind: 'sign', sign, at: message.timestamp, until }],
          before,
        );
      }
      case 'warning':
        return read([note(message.timestamp, text, false)], before);
      default:
        return { facts: [], memory };
    }
  },
};

/** A line of the user's that begins a replay, or one that ends it; what a message quotes of either has escaped quotes. */
function afterTurn(head: string): TranscriptMemory | undefined {
  if (/^\{\s*"\$set"\s*:.*"messages"\s*:/.test(head)) return { replays: false };
  const isContext = /"type"\s*:\s*"user"/.test(head) && /"(?:text|content)"\s*:\s*"<session_context>/.test(head);
  return isContext ? { replays: true } : undefined;
}

type Message = InferOutput<typeof messageSchema>;

function read(facts: TranscriptFact[], memory: Memory): { facts: TranscriptFact[]; memory: TranscriptMemory } {
  return { facts, memory: { ...memory } };
}

/** Results of tools are written as messages of the user without a text. */
function userFacts(at: string, text: string): TranscriptFact[] {
  if (text === '') return [];
  return [entry({ at, kind: 'user', text }), { kind: 'prompt', at, text }];
}

function readAnswer(message: Message, text: string, before: Memory) {
  const isNew = message.id !== before.message;
  const seen = isNew ? [] : before.calls;
  const calls = message.toolCalls.filter((call) => !seen.includes(call.id));
  const facts: TranscriptFact[] = [];
  if (isNew && text !== '') facts.push(entry({ at: message.timestamp, kind: 'agent', text }));
  for (const call of calls) facts.push(...callFacts(call, message.timestamp));
  if (message.tokens !== null && message.tokens !== undefined) facts.push(usage(message, message.tokens));
  return read(facts, { ...before, message: message.id, calls: [...seen, ...calls.map(({ id }) => id)] });
}

function callFacts(call: Message['toolCalls'][number], messageAt: string): TranscriptFact[] {
  const at = call.timestamp ?? messageAt;
  const title = call.name;
  return [
    entry({ at: messageAt, kind: 'tool', title, text: argumentLine(call.args) }),
    entry({ at, kind: 'result', title, text: resultText(call.result), failed: call.status !== 'success' }),
  ];
}

function usage({ id, model, timestamp }: Message, tokens: NonNullable<Message['tokens']>): TranscriptFact {
  // `input` holds what came from the cache, thoughts are billed as output, and what tools of the API read as input.
  return {
    kind: 'usage',
    messageId: id,
    model: model ?? 'gemini',
    at: timestamp,
    tokens: {
      input: Math.max(0, tokens.input - tokens.cached) + tokens.tool,
      output: tokens.output + tokens.thoughts,
      cacheRead: tokens.cached,
      cacheWrite: 0,
      cacheWriteLong: 0,
    },
  };
}

function infoFacts(at: string, text: string): TranscriptFact[] {
  // It stands beside the error itself.
  if (text.startsWith('This request failed.')) return [];
  if (text !== 'Request cancelled.') return [note(at, text, false)];
  return [note(at, text, false), { kind: 'sign', sign: { state: 'idle', detail: 'interrupted' }, at, until: null }];
}

function note(at: string, text: string, failed: boolean): TranscriptFact {
  return entry({ at, kind: 'note', text, failed });
}

function entry(given: Pick<TranscriptEntry, 'at' | 'kind' | 'text'> & Partial<TranscriptEntry>): TranscriptFact {
  return { kind: 'entry', entry: { title: '', failed: false, aside: false, ...given } };
}

function argumentLine(args: unknown): string {
  const fields = fieldsOf(args);
  const known = fields['command'] ?? fields['file_path'] ?? fields['path'] ?? fields['pattern'] ?? fields['query'];
  if (typeof known === 'string') return known;
  return Object.keys(fields).length === 0 ? '' : JSON.stringify(args);
}

function resultText(result: unknown): string {
  const responses = (Array.isArray(result) ? result : []).map((part) => fieldsOf(fieldsOf(part)['functionResponse']));
  const texts = responses.map(({ response }) => textOf(fieldsOf(response)['output'] ?? fieldsOf(response)['error']));
  return unwrapped(texts.filter((text) => text !== '').join('\n'));
}

/** What a command said is told to the model in this wrapping. */
function unwrapped(text: string): string {
  const inner = /^<untrusted_context>\n(?:Output: )?([\s\S]*?)(?:\nProcess Group PGID: \d+)?\n<\/untrusted_context>$/;
  return inner.exec(text)?.[1] ?? text;
}

function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  const parts = Array.isArray(content) ? content.map((part) => textOf(fieldsOf(part)['text'])) : [];
  return parts.filter((part) => part !== '').join('\n');
}

function remembered({ replays, message, calls }: TranscriptMemory): Memory {
  return {
    replays: replays === true,
    message: textOf(message),
    calls: Array.isArray(calls) ? calls.filter((call) => typeof call === 'string') : [],
  };
}
