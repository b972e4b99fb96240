import type { ServerResponse } from 'node:http';
import { type ClaudeRequest, checkClaudeRequest } from './checkClaudeRequest.ts';
import { type HttpMockRequest, sendJson, startHttpMock } from './httpMock.ts';
import type { Model, ModelMessage, ModelMock, ModelReply, ModelTurn } from './modelMock.ts';

export interface ClaudeMockOptions {
  /** Why the API's safety check objects to a tool call in mode auto, or null when it does not. Default: it never does. */
  objection?: (tool: string, input: unknown) => string | null;
  /** Headers of a 429 beside `retry-after`: what the API tells about a subscription's usage limits. */
  rateLimitHeaders?: Record<string, string>;
}

/** The Messages API of Anthropic, streaming, as Claude Code 2.1.330 uses it. */
export async function startClaudeMock(model: Model, options: ClaudeMockOptions = {}): Promise<ModelMock> {
  const turns: ModelTurn[] = [];
  const refusals: string[] = [];
  let requests = 0;
  let open = 0;

  const http = await startHttpMock(async (request, response) => {
    // Claude Code 2.1.330 probes the server with HEAD before it needs it.
    if (request.method === 'HEAD') return void response.writeHead(200).end();
    const checked = checkClaudeRequest(request);
    if ('refusal' in checked) {
      refusals.push(`${request.method} ${request.path}: ${checked.refusal.message}`);
      return sendError(response, checked.refusal.status, checked.refusal.type, checked.refusal.message);
    }
    if (checked.kind === 'countTokens') return sendJson(response, 200, { input_tokens: countWords(request) });
    requests += 1;
    const body = checked.request;
    const answer = new Answer(response, body, requests, options);
    if (!isConversation(body)) return answer.give({ kind: 'say', text: auxiliaryAnswer(body) });
    const turn = readTurn(body);
    turns.push(turn);
    open += 1;
    response.once('close', () => {
      open -= 1;
    });
    await answer.give(model(turn));
  });

  return {
    url: http.url,
    turns,
    refusals,
    get open() {
      return open;
    },
    close: () => http.close(),
  };
}

/** Titles, summaries and checks are asked for without the tools that work is done with. */
function isConversation(body: ClaudeRequest): boolean {
  return (body.tools ?? []).some((tool) => tool.name === 'Bash' || tool.name === 'Read');
}

function auxiliaryAnswer(body: ClaudeRequest): string {
  const properties = body.output_config?.format?.schema?.properties;
  if (properties !== undefined)
    return JSON.stringify(Object.fromEntries(Object.keys(properties).map((key) => [key, 'mock'])));
  // The check of Claude Code itself, used where the API has no such check: "no" lets the action pass.
  if (JSON.stringify(body.system ?? '').includes('<block>')) return '<block>no</block>';
  return 'mock';
}

function readTurn(body: ClaudeRequest): ModelTurn {
  const messages: ModelMessage[] = [];
  for (const message of body.messages) {
    if (message.role === 'system') continue;
    const blocks = typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content;
    for (const block of blocks) {
      if (block.type === 'text' && !isReminder(block.text ?? ''))
        messages.push({ role: message.role, text: block.text ?? '' });
      if (block.type === 'tool_use')
        messages.push({ role: 'toolCall', text: `${block.name} ${JSON.stringify(block.input)}` });
      if (block.type === 'tool_result') messages.push({ role: 'toolResult', text: textOf(block.content) });
    }
  }
  const lastUser = messages.findLastIndex((message) => message.role === 'user');
  return {
    model: body.model,
    messages,
    lastUserText: messages[lastUser]?.text ?? '',
    instructions: JSON.stringify(body.messages),
    toolResults: messages
      .slice(lastUser + 1)
      .flatMap((message) => (message.role === 'toolResult' ? [message.text] : [])),
  };
}

/** What Claude Code itself adds to a person's message. */
function isReminder(text: string): boolean {
  return text.startsWith('<system-reminder>');
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((block: { text?: string }) => block.text ?? '').join('\n');
}

function countWords(request: HttpMockRequest): number {
  return request.body.split(/\s+/).length;
}

/** One response. Usage is a function of the request's number and the words of the answer. */
class Answer {
  private readonly response: ServerResponse;
  private readonly body: ClaudeRequest;
  private readonly number: number;
  private readonly options: ClaudeMockOptions;

  constructor(response: ServerResponse, body: ClaudeRequest, number: number, options: ClaudeMockOptions) {
    this.response = response;
    this.body = body;
    this.number = number;
    this.options = options;
  }

  async give(reply: ModelReply): Promise<void> {
    switch (reply.kind) {
      case 'say':
        return this.send([{ type: 'text', text: reply.text }]);
      case 'shell':
        return this.send([
          ...said(reply.text),
          this.call('Bash', { command: reply.command, description: 'Run a command' }),
        ]);
      case 'tool':
        return this.send([...said(reply.text), this.call(reply.name, reply.input)]);
      case 'hang':
        this.start();
        return;
      case 'later':
        await reply.until;
        return this.give(reply.reply);
      case 'rateLimited':
        return sendError(this.response, 429, 'rate_limit_error', 'This request would exceed your rate limit.', {
          'retry-after': String(reply.retryAfterSeconds),
          ...this.options.rateLimitHeaders,
        });
      case 'unauthorized':
        return sendError(this.response, 401, 'authentication_error', 'invalid x-api-key');
      case 'noSuchModel':
        return sendError(this.response, 404, 'not_found_error', `model: ${this.body.model}`);
    }
  }

  private call(name: string, input: unknown): Block {
    return { type: 'tool_use', id: `toolu_mock${this.number}`, name, input };
  }

  private start(): void {
    this.response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': requestId(this.number) });
    this.response.flushHeaders();
  }

  private send(content: Block[]): void {
    const message = {
      id: `msg_mock${this.number}`,
      type: 'message',
      role: 'assistant',
      model: this.body.model,
      content,
      stop_reason: content.some((block) => block.type === 'tool_use') ? 'tool_use' : 'end_turn',
      stop_sequence: null,
      usage: {
        input_tokens: 1000 + this.number,
        cache_read_input_tokens: 0,
        cache_creation_input_tokens: 0,
        output_tokens: words(content),
      },
    };
    if (this.body.stream === true) this.stream(message, content);
    else sendJson(this.response, 200, message, { 'request-id': requestId(this.number) });
  }

  private stream(message: Message, content: Block[]): void {
    this.start();
    this.event('message_start', {
      message: { ...message, content: [], stop_reason: null, usage: { ...message.usage, output_tokens: 1 } },
    });
    this.event('ping', {});
    for (const [index, block] of content.entries()) this.block(block, index);
    this.event('message_delta', {
      delta: { stop_reason: message.stop_reason, stop_sequence: null, ...this.safeguards(content) },
      usage: message.usage,
    });
    this.event('message_stop', {});
    this.response.end();
  }

  private block(block: Block, index: number): void {
    const isText = block.type === 'text';
    const empty = isText ? { type: 'text', text: '' } : { ...block, input: {} };
    this.event('content_block_start', { index, content_block: empty });
    for (const part of halves(isText ? block.text : JSON.stringify(block.input))) {
      const delta = isText ? { type: 'text_delta', text: part } : { type: 'input_json_delta', partial_json: part };
      this.event('content_block_delta', { index, delta });
    }
    this.event('content_block_stop', { index });
  }

  /** The verdict of the API's check of tool calls, which Claude Code asks for in mode auto. */
  private safeguards(content: Block[]): Record<string, unknown> {
    if (!this.body.safeguards?.some((safeguard) => safeguard.type === 'dangerous_tool_use')) return {};
    const verdicts = content.flatMap((block) => {
      if (block.type !== 'tool_use') return [];
      const objection = this.options.objection?.(block.name, block.input) ?? null;
      const outcome = objection === null ? { outcome: 'not_flagged' } : { outcome: 'flagged', explanation: objection };
      return [[block.id, { type: 'evaluated', ...outcome }]];
    });
    const status = { type: 'available', tool_uses: Object.fromEntries(verdicts) };
    return { safeguard_results: [{ type: 'dangerous_tool_use', status }] };
  }

  private event(type: string, data: object): void {
    this.response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  }
}

interface Message {
  stop_reason: string;
  usage: { output_tokens: number };
}

type Block = { type: 'text'; text: string } | { type: 'tool_use'; id: string; name: string; input: unknown };

function said(text: string | undefined): Block[] {
  return text === undefined ? [] : [{ type: 'text', text }];
}

function words(content: Block[]): number {
  const text = content.map((block) => (block.type === 'text' ? block.text : JSON.stringify(block.input))).join(' ');
  return text.split(/\s+/).length;
}

function halves(text: string): string[] {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)].filter((part) => part !== '');
}

function sendError(
  response: ServerResponse,
  status: number,
  type: string,
  message: string,
  headers: Record<string, string> = {},
): void {
  sendJson(response, status, { type: 'error', error: { type, message }, request_id: 'req_mock' }, headers);
}

function requestId(number: number): string {
  return `req_mock${number}`;
}
