import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import type { CodexTools } from './codexReplyItems.ts';
import type { ModelMessage, ModelTurn } from './modelMock.ts';

export interface CodexRequest {
  turn: ModelTurn;
  tools: CodexTools;
  /** Not of the conversation: compaction, memories, titles. */
  auxiliary: boolean;
}

export interface ApiErrorBody {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

/** A request that the API refuses, in its words. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly body: ApiErrorBody;

  constructor(status: number, message: string, about: { param?: string; code?: string } = {}) {
    super(`${status}: ${message}`);
    this.status = status;
    this.body = { message, type: 'invalid_request_error', param: about.param ?? null, code: about.code ?? null };
  }
}

const item = v.looseObject({
  type: v.string(),
  role: v.optional(v.picklist(['user', 'assistant', 'developer', 'system'])),
  content: v.optional(v.unknown()),
  name: v.optional(v.string()),
  call_id: v.optional(v.string()),
  arguments: v.optional(v.string()),
  input: v.optional(v.string()),
  output: v.optional(v.unknown()),
  tools: v.optional(v.array(v.unknown())),
});
type Item = v.InferOutput<typeof item>;

const body = v.looseObject({
  model: v.pipe(v.string(), v.minLength(1)),
  input: v.pipe(v.array(item), v.minLength(1)),
  stream: v.literal(true),
  store: v.literal(false),
  tools: v.optional(v.array(v.unknown())),
});

const tool = v.looseObject({
  type: v.string(),
  name: v.optional(v.string()),
  tools: v.optional(v.array(v.looseObject({ type: v.string(), name: v.string() }))),
});

/** Reads and checks a request. @throws ApiRefusal when the real API would refuse it. */
export async function readCodexRequest(request: IncomingMessage): Promise<CodexRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (request.url?.split('?')[0] !== '/v1/responses')
    throw new ApiRefusal(404, `Invalid URL (${request.method} ${request.url})`);
  if (request.method !== 'POST') throw new ApiRefusal(405, `Not allowed to ${request.method} on /v1/responses.`);
  if (!/^Bearer \S+$/.test(request.headers.authorization ?? '')) {
    throw new ApiRefusal(401, 'Missing bearer authentication in header', { code: 'invalid_api_key' });
  }
  if (!request.headers['content-type']?.startsWith('application/json')) {
    throw new ApiRefusal(415, 'Unsupported content type: the body must be application/json.');
  }
  const parsed = v.safeParse(body, parseJson(Buffer.concat(chunks).toString('utf8')));
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const param = v.getDotPath(issue) ?? 'body';
    throw new ApiRefusal(400, `Invalid value for '${param}': ${issue.message}`, { param, code: 'invalid_type' });
  }
  const { input, model } = parsed.output;
  checkPairs(input);
  checkContents(input);
  const declared = [...(parsed.output.tools ?? []), ...input.flatMap((entry) => entry.tools ?? [])];
  return {
    turn: turnOf(model, input),
    tools: readTools(declared),
    auxiliary: isAuxiliary(request),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiRefusal(400, 'We could not parse the JSON body of your request.');
  }
}

/** Every call has its result after it, and every result its call before it. Several results of one call are notices of a running `exec`. */
function checkPairs(input: Item[]): void {
  const calls = new Map</* call id */ string, /* type of the result */ string>();
  const answered = new Set<string>();
  for (const entry of input) {
    const callId = entry.call_id;
    if (entry.type === 'function_call' || entry.type === 'custom_tool_call') {
      if (callId === undefined || entry.name === undefined)
        throw new ApiRefusal(400, 'Missing required parameter.', { param: 'input' });
      if (calls.has(callId)) throw new ApiRefusal(400, `Duplicate call id ${callId}.`, { param: 'input' });
      calls.set(callId, `${entry.type}_output`);
    } else if (entry.type === 'function_call_output' || entry.type === 'custom_tool_call_output') {
      if (callId === undefined || calls.get(callId) !== entry.type) {
        throw new ApiRefusal(400, `No tool call found for function call output with call_id ${callId}.`, {
          param: 'input',
        });
      }
      answered.add(callId);
    }
  }
  for (const callId of calls.keys()) {
    if (!answered.has(callId))
      throw new ApiRefusal(400, `No tool output found for function call ${callId}.`, { param: 'input' });
  }
}

function checkContents(input: Item[]): void {
  for (const entry of input) {
    if (entry.type !== 'message') continue;
    if (entry.role === undefined)
      throw new ApiRefusal(400, "Missing required parameter: 'input[].role'.", { param: 'input' });
    const wanted = entry.role === 'assistant' ? 'output_text' : 'input_text';
    for (const part of partsOf(entry.content)) {
      if (part.type !== wanted && part.type !== 'input_image') {
        throw new ApiRefusal(400, `Invalid value: '${part.type}'. Supported values are: '${wanted}'.`, {
          param: 'input',
        });
      }
    }
  }
}

function readTools(declared: unknown[]): CodexTools {
  const namespaces = new Map<string, string | null>();
  let codeMode = false;
  for (const each of declared) {
    const parsed = v.safeParse(tool, each);
    if (!parsed.success) throw new ApiRefusal(400, "Invalid value for 'tools'.", { param: 'tools' });
    const { type, name, tools } = parsed.output;
    for (const inner of tools ?? []) {
      namespaces.set(inner.name, name === 'functions' ? null : (name ?? null));
      if (inner.type === 'custom' && inner.name === 'exec') codeMode = true;
    }
    if (type === 'custom' && name === 'exec') codeMode = true;
    if (tools === undefined && name !== undefined) namespaces.set(name, null);
  }
  return { codeMode, namespaces };
}

const metadata = v.looseObject({
  request_kind: v.optional(v.string(), 'turn'),
  thread_source: v.optional(v.string(), 'user'),
});

/** Codex says in a header of its own what a request is for; requests without it are of the conversation. */
function isAuxiliary(request: IncomingMessage): boolean {
  const header = request.headers['x-codex-turn-metadata'];
  if (typeof header !== 'string') return false;
  const parsed = v.safeParse(metadata, parseJson(header));
  return parsed.success && (parsed.output.request_kind !== 'turn' || parsed.output.thread_source === 'thread_title');
}

function turnOf(model: string, input: Item[]): ModelTurn {
  const messages = input.flatMap((entry) => messageOf(entry) ?? []);
  const last = messages.findLastIndex((message) => message.role === 'user');
  return {
    model,
    messages,
    lastUserText: messages[last]?.text ?? '',
    toolResults: messages.slice(last + 1).flatMap((message) => (message.role === 'toolResult' ? [message.text] : [])),
  };
}

/** A Stop hook's words stand in the place of a person's. */
const hookPrompt = /^<hook_prompt [^>]*>([\s\S]*)<\/hook_prompt>$/;
/** Codex adds to the conversation, as messages of the user, blocks about the environment, AGENTS.md and interruptions. */
const ownBlock = /^(<[a-z][a-z_-]*[ >]|# AGENTS\.md instructions)/;

function messageOf(entry: Item): ModelMessage | null {
  switch (entry.type) {
    case 'message': {
      const text = textOf(entry.content);
      if (entry.role === 'assistant') return { role: 'assistant', text };
      if (entry.role !== 'user') return null;
      const fromHook = hookPrompt.exec(text)?.[1];
      if (fromHook !== undefined) return { role: 'user', text: fromHook };
      return ownBlock.test(text) ? null : { role: 'user', text };
    }
    case 'function_call':
    case 'custom_tool_call':
      return { role: 'toolCall', text: `${entry.name} ${entry.arguments ?? entry.input ?? ''}` };
    case 'function_call_output':
    case 'custom_tool_call_output':
      return { role: 'toolResult', text: textOf(entry.output) };
    default:
      return null;
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return partsOf(content)
    .map((part) => part.text)
    .join('');
}

function partsOf(content: unknown): { type: string; text: string }[] {
  const parsed = v.safeParse(v.array(v.looseObject({ type: v.string(), text: v.optional(v.string(), '') })), content);
  return parsed.success ? parsed.output : [];
}
