import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpMock {
  /** `http://127.0.0.1:<port>`, without a path. */
  readonly url: string;
  /** Ends all connections, also those that wait for an answer. */
  close(): Promise<void>;
}

/** One request with its whole body. */
export interface HttpMockRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** A header's value, or '' when it was not sent. */
  header(name: string): string;
  body: string;
}

/** Serves on a free port of loopback. What `answer` throws becomes a 500. */
export async function startHttpMock(
  answer: (request: HttpMockRequest, response: ServerResponse) => Promise<void> | void,
): Promise<HttpMock> {
  const server = createServer((request, response) => {
    void readBody(request)
      .then((body) => answer(describe(request, body), response))
      .catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else sendJson(response, 500, { error: String(error) });
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function describe(request: IncomingMessage, body: string): HttpMockRequest {
  return {
    method: request.method ?? '',
    path: new URL(request.url ?? '/', 'http://mock').pathname,
    header: (name) => String(request.headers[name] ?? ''),
    body,
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
