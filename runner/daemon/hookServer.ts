import { readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { safeParse } from 'valibot';
import { type AgentEvent, type HookEvent, hookEventSchema } from '../core/events/agentEvent.ts';
import { errnoOf } from '../core/files/fileFailure.ts';
import { KeyedMutex } from '../core/files/keyedMutex.ts';
import { writeAtomic } from '../core/files/writeAtomic.ts';
import type { Clock, Log } from '../core/ports.ts';
import {
  type HookSender,
  maxBodyBytes,
  noEvent,
  type Refusal,
  readSender,
  tooLarge,
  unauthorized,
} from './hookRequest.ts';

export interface HookServerDeps {
  /** Keeps the port over restarts: agents that run post to it. */
  portFile: string;
  tokens: { matches(agentId: string, launchId: string, token: string): Promise<boolean> };
  /** Takes one event. Events of one agent come one after the other. */
  sink(agentId: string, event: AgentEvent): Promise<void>;
  clock: Clock;
  log: Log;
}

const address = '127.0.0.1';
/** The tool waits for the answer no longer than this, however long the event takes. */
const patienceMs = 250;
/** Connections at the same time. Each is for one post, which takes milliseconds. */
const maxConnections = 64;
/** A connection is closed after this, however its request drips. */
const connectionMs = 15_000;
/** Node looks every 30 s for requests that take too long; `connectionMs` needs no timer while nobody is connected. */
const neverMs = 2 ** 31 - 1;

/** Takes events that hooks of agents post to `http://127.0.0.1:<port>/hook`, and gives no orders back. */
export class HookServer {
  private readonly deps: HookServerDeps;
  private readonly order = new KeyedMutex();
  private readonly server: http.Server;
  private port: number | undefined;

  constructor(deps: HookServerDeps) {
    this.deps = deps;
    this.server = http.createServer({ connectionsCheckingInterval: neverMs }, (request, response) => {
      this.take(request, response).catch((error: unknown) => {
        deps.log.error('a posted event was not taken', error);
        response.destroy();
      });
    });
    this.server.maxConnections = maxConnections;
    this.server.maxRequestsPerSocket = 1;
    this.server.on('connection', (socket) => {
      const cancel = deps.clock.after(connectionMs, () => socket.destroy());
      socket.once('close', cancel);
    });
  }

  /** Null before `listen`, and where no port could be had: hooks that are commands report all the same. */
  get url(): string | null {
    return this.port === undefined ? null : `http://${address}:${this.port}/hook`;
  }

  async listen(): Promise<void> {
    const { log, portFile } = this.deps;
    const kept = await this.keptPort();
    try {
      this.port = await this.open(kept ?? 0).catch((error: unknown) => {
        if (kept === undefined) throw error;
        log.warn(
          `the port ${kept} of the hooks is taken (${errnoOf(error)}): agents that run report less until resumed`,
        );
        return this.open(0);
      });
      if (this.port !== kept) await writeAtomic(portFile, `${this.port}\n`);
    } catch (error) {
      log.error('no port for hooks could be opened', error);
    }
  }

  async close(): Promise<void> {
    if (this.port === undefined) return;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async keptPort(): Promise<number | undefined> {
    const port = Number(await readFile(this.deps.portFile, 'utf8').catch(() => ''));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  }

  private open(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, address, () => {
        this.server.off('error', reject);
        resolve((this.server.address() as AddressInfo).port);
      });
    });
  }

  private async take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const sender = readSender({ method, url, headers }, this.port ?? 0);
    if ('status' in sender) return refuse(response, sender);
    if (!(await this.deps.tokens.matches(sender.agentId, sender.launchId, sender.token)))
      return refuse(response, unauthorized);
    const body = await readBody(request);
    if (body === undefined) return refuse(response, tooLarge);
    const event = parseEvent(body);
    if (event === undefined) return refuse(response, noEvent);
    await this.processedSoon(sender, event);
    reply(response, 200, {});
  }

  /**
   * Once answered, a tool goes on, and its next hook may leave an event in the spool: this one is taken before, as far
   * as that keeps nobody waiting.
   */
  private processedSoon({ agentId, launchId }: HookSender, event: HookEvent): Promise<void> {
    const { clock, log, sink } = this.deps;
    const entry: AgentEvent = { source: 'hook', at: clock.now().toISOString(), launchId, event };
    return new Promise((resolve) => {
      const cancel = clock.after(patienceMs, resolve);
      this.order
        .run(agentId, () => sink(agentId, entry))
        .catch((error: unknown) => log.error(`a posted event of ${agentId} was not taken`, error))
        .finally(() => {
          cancel();
          resolve();
        });
    });
  }
}

/** Undefined when it is too large or breaks off; what is too much of it is not kept. */
function readBody(request: http.IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', () => resolve(undefined));
    request.on('close', () => resolve(undefined));
  });
}

function parseEvent(body: string): HookEvent | undefined {
  try {
    const parsed = safeParse(hookEventSchema, JSON.parse(body));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** Closes the connection: what was not read of the request must not be taken for the next one. */
function refuse(response: http.ServerResponse, { status, message }: Refusal): void {
  response.setHeader('connection', 'close');
  if (status === 405) response.setHeader('allow', 'POST');
  reply(response, status, { error: message });
}

function reply(response: http.ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
