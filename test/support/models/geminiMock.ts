import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Content, findFault, readTurn, type Wire } from './geminiConversation.ts';
import type { Model, ModelMock, ModelReply, ModelTurn } from './modelMock.ts';

const modelsPath = /^\/v1beta\/models\/([A-Za-z0-9._-]+):(streamGenerateContent|generateContent|countTokens)$/;

/**
 * The Generative Language API (v1beta) as Gemini CLI 0.61.0 uses it with an API key:
 * `:streamGenerateContent?alt=sse` for the conversation, `:generateContent` for what the tool asks on its own behalf
 * (router, summaries), `:countTokens`.
 */
export async function startGeminiMock(model: Model): Promise<ModelMock> {
  const mock = new GeminiMock(model);
  await mock.listen();
  return mock;
}

class GeminiMock implements ModelMock {
  readonly turns: ModelTurn[] = [];
  readonly refusals: string[] = [];
  open = 0;
  private readonly model: Model;
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch((error: unknown) => {
      this.refusals.push(`mock failed: ${String(error)}`);
      response.destroy();
    });
  });

  constructor(model: Model) {
    this.model = model;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = new URL(request.url ?? '/', 'http://mock');
    const text = await readBody(request);
    const [, modelName, verb] = modelsPath.exec(target.pathname) ?? [];
    if (request.method !== 'POST' || modelName === undefined || verb === undefined) {
      return this.refuse(response, 404, 'NOT_FOUND', `no such method: ${request.method} ${target.pathname}`);
    }
    if (!request.headers['x-goog-api-key']) {
      const message =
        "Method doesn't allow unregistered callers. Please use API Key or other form of API consumer identity.";
      return this.refuse(response, 403, 'PERMISSION_DENIED', message);
    }
    if (!request.headers['content-type']?.startsWith('application/json')) {
      return this.refuse(response, 400, 'INVALID_ARGUMENT', 'content-type is not application/json');
    }
    const body = parse(text);
    if (body === undefined) return this.refuse(response, 400, 'INVALID_ARGUMENT', 'Invalid JSON payload received.');
    const fault = findFault(body);
    if (fault !== undefined) return this.refuse(response, 400, 'INVALID_ARGUMENT', fault);
    if (verb === 'countTokens') return sendJson(response, 200, { totalTokens: 1000 });
    if (verb === 'generateContent' || isAuxiliary(body)) return sendAuxiliary(response, body, verb, modelName);
    if (target.searchParams.get('alt') !== 'sse') {
      return this.refuse(response, 400, 'INVALID_ARGUMENT', 'streamGenerateContent without alt=sse');
    }
    await this.converse(response, readTurn(modelName, body.contents));
  }

  private async converse(response: ServerResponse, turn: ModelTurn): Promise<void> {
    this.turns.push(turn);
    const inputTokens = 1000 + this.turns.length;
    this.open += 1;
    response.once('close', () => {
      this.open -= 1;
    });
    let reply = this.model(turn);
    while (reply.kind === 'later') {
      await reply.until;
      reply = reply.reply;
    }
    if (!response.destroyed) sendReply(response, reply, turn.model, inputTokens);
  }

  private refuse(response: ServerResponse, code: number, status: string, message: string): void {
    this.refusals.push(`${code} ${message}`);
    sendError(response, { code, status, message });
  }
}

/** The tool's own questions ask for JSON by a schema and offer no tools. */
function isAuxiliary(body: Wire): boolean {
  const config = body.generationConfig;
  return config?.responseMimeType === 'application/json' && (body.tools ?? []).length === 0;
}

function sendAuxiliary(response: ServerResponse, body: Wire, verb: string, modelName: string): void {
  const schema = body.generationConfig?.responseJsonSchema ?? body.generationConfig?.responseSchema;
  const text = schema === undefined ? 'A short conversation' : JSON.stringify(fillSchema(schema));
  const chunk = makeChunk([{ text }], modelName, { inputTokens: 100, outputTokens: 10 }, true);
  if (verb === 'generateContent') {
    sendJson(response, 200, chunk);
  } else {
    startStream(response);
    response.end(frame(chunk));
  }
}

/** The least value that a JSON schema allows; of an enumeration the first. */
function fillSchema(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return null;
  const {
    type,
    properties,
    enum: choices,
  } = schema as { type?: unknown; properties?: Record<string, unknown>; enum?: unknown[] };
  if (choices?.[0] !== undefined) return choices[0];
  switch (String(type).toLowerCase()) {
    case 'object':
      return Object.fromEntries(Object.entries(properties ?? {}).map(([key, inner]) => [key, fillSchema(inner)]));
    case 'array':
      return [];
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return 1;
    default:
      return 'none';
  }
}

function sendReply(
  response: ServerResponse,
  reply: Exclude<ModelReply, { kind: 'later' }>,
  modelName: string,
  inputTokens: number,
): void {
  switch (reply.kind) {
    case 'say':
      sendText(response, reply.text, modelName, inputTokens);
      break;
    case 'shell':
      sendCall(response, reply.text, 'run_shell_command', { command: reply.command }, modelName, inputTokens);
      break;
    case 'tool':
      sendCall(response, reply.text, reply.name, reply.input, modelName, inputTokens);
      break;
    case 'hang':
      startStream(response);
      response.flushHeaders();
      break;
    case 'rateLimited':
      sendRateLimited(response, modelName, reply.retryAfterSeconds);
      break;
    case 'unauthorized':
      sendError(response, invalidKey);
      break;
    case 'noSuchModel': {
      const message = `models/${modelName} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`;
      sendError(response, { code: 404, status: 'NOT_FOUND', message });
    }
  }
}

/** In two chunks, as a stream; usage comes with each, the last one counts. */
function sendText(response: ServerResponse, text: string, modelName: string, inputTokens: number): void {
  startStream(response);
  const half = Math.ceil(text.length / 2);
  const usage = { inputTokens, outputTokens: countWords(text) };
  response.write(frame(makeChunk([{ text: text.slice(0, half) }], modelName, usage, false)));
  response.end(frame(makeChunk([{ text: text.slice(half) }], modelName, usage, true)));
}

function sendCall(
  response: ServerResponse,
  text: string | undefined,
  name: string,
  args: unknown,
  modelName: string,
  inputTokens: number,
): void {
  startStream(response);
  const call = { functionCall: { name, args } };
  const usage = { inputTokens, outputTokens: countWords(text ?? '') + countWords(JSON.stringify(args)) };
  response.end(frame(makeChunk(text === undefined ? [call] : [{ text }, call], modelName, usage, true)));
}

function makeChunk(
  parts: Content['parts'],
  modelVersion: string,
  usage: { inputTokens: number; outputTokens: number },
  last: boolean,
): object {
  return {
    candidates: [{ content: { role: 'model', parts }, index: 0, ...(last ? { finishReason: 'STOP' } : {}) }],
    usageMetadata: {
      promptTokenCount: usage.inputTokens,
      candidatesTokenCount: usage.outputTokens,
      totalTokenCount: usage.inputTokens + usage.outputTokens,
    },
    modelVersion,
    responseId: `mock-${usage.inputTokens}`,
  };
}

interface ApiError {
  code: number;
  status: string;
  message: string;
  details?: object[];
}

/** What the real API says to a wrong key: 400, not 401. */
const invalidKey: ApiError = {
  code: 400,
  status: 'INVALID_ARGUMENT',
  message: 'API key not valid. Please pass a valid API key.',
  details: [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
      metadata: { service: 'generativelanguage.googleapis.com' },
    },
    {
      '@type': 'type.googleapis.com/google.rpc.LocalizedMessage',
      locale: 'en-US',
      message: 'API key not valid. Please pass a valid API key.',
    },
  ],
};

function sendRateLimited(response: ServerResponse, modelName: string, retryAfterSeconds: number): void {
  response.setHeader('retry-after', String(retryAfterSeconds));
  sendError(response, {
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    message: `You exceeded your current quota, please check your plan and billing details.\nPlease retry in ${retryAfterSeconds}s.`,
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
        violations: [
          {
            quotaMetric: 'generativelanguage.googleapis.com/generate_content_free_tier_requests',
            quotaId: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier',
            quotaDimensions: { location: 'global', model: modelName },
            quotaValue: '5',
          },
        ],
      },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfterSeconds}s` },
    ],
  });
}

function sendError(response: ServerResponse, error: ApiError): void {
  sendJson(response, error.code, { error });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(body));
}

function startStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
}

function frame(chunk: object): string {
  return `data: ${JSON.stringify(chunk)}\r\n\r\n`;
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

function parse(text: string): Wire | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
