import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { codexReplyItems, type ResponseItem } from './codexReplyItems.ts';
import { ApiRefusal, type CodexRequest, readCodexRequest } from './codexRequest.ts';
import type { Model, ModelMock, ModelReply, ModelTurn } from './modelMock.ts';

/** Limits that last longer than this are those of a plan; the API then says `usage_limit_reached` and when it ends. */
const longestBurstLimitSeconds = 60;

/** Satisfies the schema that Codex's request for a thread's title sends, and reads as text elsewhere. */
const title = '{"title":"Do the task"}';

/** The Responses API as Codex 0.169.0 uses it: `POST /v1/responses`, answered by server-sent events. */
export async function startCodexMock(model: Model): Promise<ModelMock> {
  const turns: ModelTurn[] = [];
  const refusals: string[] = [];
  const open = new Set<ServerResponse>();

  const server = createServer((request, response) => {
    open.add(response);
    response.on('close', () => open.delete(response));
    answer(request, response).catch((error: unknown) => {
      refusals.push(`the mock failed: ${String(error)}`);
      response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const asked = await readCodexRequest(request);
      if (asked.auxiliary) return await streamItems(response, 0, say(0, title), title);
      turns.push(asked.turn);
      await give(response, turns.length, asked, model(asked.turn));
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      refusals.push(error.message);
      sendJson(response, error.status, { error: error.body });
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The mock has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    turns,
    refusals,
    get open() {
      return open.size;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function give(response: ServerResponse, id: number, asked: CodexRequest, reply: ModelReply): Promise<void> {
  switch (reply.kind) {
    case 'later':
      await reply.until;
      if (!response.destroyed) await give(response, id, asked, reply.reply);
      return;
    case 'hang':
      openStream(response);
      return;
    case 'rateLimited':
      sendLimit(response, asked.turn.model, reply.retryAfterSeconds);
      return;
    case 'unauthorized':
      sendJson(response, 401, {
        error: {
          message: 'Incorrect API key provided: sk-*****. You can find your API key at https://platform.openai.com.',
          type: 'invalid_request_error',
          param: null,
          code: 'invalid_api_key',
        },
      });
      return;
    case 'noSuchModel':
      sendJson(response, 404, {
        error: {
          message: `The model \`${asked.turn.model}\` does not exist or you do not have access to it.`,
          type: 'invalid_request_error',
          param: null,
          code: 'model_not_found',
        },
      });
      return;
    default: {
      const text = reply.kind === 'say' ? reply.text : (reply.text ?? '');
      await streamItems(response, id, codexReplyItems(id, reply, asked.tools), text);
    }
  }
}

function say(id: number, text: string): ResponseItem[] {
  return codexReplyItems(id, { kind: 'say', text }, { codeMode: false, namespaces: new Map() });
}

function openStream(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    'x-request-id': 'req_mock',
  });
  response.flushHeaders();
}

async function streamItems(response: ServerResponse, id: number, items: ResponseItem[], text: string): Promise<void> {
  openStream(response);
  let sequence = 0;
  const send = (type: string, data: object) => {
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence, ...data })}\n\n`);
    sequence += 1;
  };
  const responseId = `resp_mock_${id}`;
  send('response.created', { response: { id: responseId, object: 'response', status: 'in_progress', output: [] } });
  for (const [index, item] of items.entries()) {
    send('response.output_item.added', { output_index: index, item: { ...item, status: 'in_progress' } });
    if (item.type === 'message') {
      const delta = { item_id: item['id'], output_index: index, content_index: 0, delta: text };
      send('response.output_text.delta', delta);
    }
    send('response.output_item.done', { output_index: index, item });
  }
  send('response.completed', {
    response: { id: responseId, object: 'response', status: 'completed', output: items, usage: usageOf(id, text) },
  });
  response.end();
}

/** Deterministic: 1000 + number of the request, and a token a word. */
function usageOf(id: number, text: string): object {
  const input = 1000 + id;
  const output = text.split(/\s+/).filter((word) => word !== '').length;
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  };
}

function sendLimit(response: ServerResponse, model: string, seconds: number): void {
  const resetsAt = Math.round(Date.now() / 1000) + seconds;
  const retry = { 'retry-after': String(seconds) };
  if (seconds <= longestBurstLimitSeconds) {
    const message = `Rate limit reached for ${model} on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in ${seconds}s.`;
    sendJson(response, 429, { error: { message, type: 'requests', param: null, code: 'rate_limit_exceeded' } }, retry);
    return;
  }
  sendJson(
    response,
    429,
    {
      error: {
        type: 'usage_limit_reached',
        message: 'The usage limit has been reached',
        plan_type: 'plus',
        resets_at: resetsAt,
        resets_in_seconds: seconds,
      },
    },
    {
      ...retry,
      'x-codex-primary-used-percent': '100',
      'x-codex-primary-window-minutes': '300',
      'x-codex-primary-reset-at': String(resetsAt),
    },
  );
}

function sendJson(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_mock', ...headers });
  response.end(JSON.stringify(body));
}
