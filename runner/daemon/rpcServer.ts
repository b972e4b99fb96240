import { chmod, rm } from 'node:fs/promises';
import net from 'node:net';
import {
  createMessageConnection,
  ErrorCodes,
  ResponseError,
  SocketMessageReader,
  SocketMessageWriter,
} from 'vscode-jsonrpc/node';
import type { Clock, Log } from '../core/ports.ts';
import type { Runner } from '../core/runner.ts';
import { UserError } from '../protocol/errors.ts';
import * as requests from '../protocol/requests.ts';
import type { DaemonApi } from '../protocol/runnerApi.ts';
import { bindRunner } from './bindRunner.ts';
import { type Caller, identifyCaller } from './caller.ts';
import { ConnectedWindow } from './connectedWindow.ts';
import { initializeParams } from './paramSchemas.ts';
import { requireValid } from './requireValid.ts';
import { ToldClient } from './toldClient.ts';

export interface RpcServerDeps {
  runner: Runner;
  daemon: DaemonApi;
  version: string;
  log: Log;
  clock: Clock;
  /** Called whenever a client came or went. */
  onClients(count: number): void;
}

/** A client that does not read (stopped by Ctrl-Z, say) is not waited for longer. */
const closeTimeoutMs = 1_000;

/** Serves clients on a Unix socket that only we may open. */
export class RpcServer {
  private readonly deps: RpcServerDeps;
  private readonly clients = new Set<ToldClient>();
  private readonly sockets = new Set<net.Socket>();
  private readonly server: net.Server;
  private readonly unsubscribe: () => void;

  constructor(deps: RpcServerDeps) {
    this.deps = deps;
    this.server = net.createServer((socket) => this.accept(socket));
    this.unsubscribe = deps.runner.changes.listen((change) => this.announce(change));
  }

  get clientCount(): number {
    return this.clients.size;
  }

  /** Only the holder of the daemon's lock calls this, so a socket that is there is a dead one's. */
  async listen(socketPath: string): Promise<void> {
    await rm(socketPath, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      // The socket is made before listen() returns, so the umask touches nothing that is started meanwhile.
      const before = process.umask(0o077);
      try {
        this.server.listen({ path: socketPath, backlog: 511 }, resolve);
      } finally {
        process.umask(before);
      }
    });
    await chmod(socketPath, 0o600);
  }

  /** Lets answers that are on their way arrive, then closes every connection. */
  async close(): Promise<void> {
    this.unsubscribe();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.end();
    const cancel = this.deps.clock.after(closeTimeoutMs, () => {
      for (const socket of this.sockets) socket.destroy();
    });
    await closed;
    cancel();
  }

  private accept(socket: net.Socket): void {
    const connection = createMessageConnection(new SocketMessageReader(socket), new SocketMessageWriter(socket));
    const window = new ConnectedWindow(connection, this.deps.runner.attention);
    const client = new ToldClient(connection, socket, this.deps.log);
    let caller: Caller | undefined;
    this.sockets.add(socket);
    this.clients.add(client);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.clients.delete(client);
      connection.dispose();
      window.closed();
      this.deps.onClients(this.clients.size);
    });
    connection.onError(([error]) => {
      // What it did not read of ours fails, too, where we left it.
      if (!hungUp(error) && !client.isLeft) this.deps.log.warn(`a client's connection failed: ${error.message}`);
    });
    connection.onRequest(requests.initialize, (given) => {
      if (caller !== undefined) throw initializedTwice();
      const hello = requireValid(initializeParams, given, requests.initialize.method);
      caller = identifyCaller(hello.client, (pid) => this.deps.runner.agentAround(pid));
      client.begin();
      return { protocolVersion: requests.protocolVersion, version: this.deps.version, pid: process.pid };
    });
    bindRunner(connection, this.deps.runner, this.deps.daemon, {
      caller: () => caller ?? notInitialized(),
      window,
      log: this.deps.log,
    });
    connection.listen();
    this.deps.onClients(this.clients.size);
  }

  private announce(change: requests.DidChangeParams): void {
    for (const client of this.clients) client.tell(change);
  }
}

/** A client that ends without closing its connection first is none of the daemon's trouble. */
function hungUp(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

/** Who a client is stays as it was said first. */
function initializedTwice(): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidRequest, 'initialize was called before');
}

function notInitialized(): never {
  throw new UserError({ code: 'notInitialized', message: 'The first request has to be initialize.', kind: 'usage' });
}
