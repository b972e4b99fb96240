import type { Socket } from 'node:net';
import type { NotificationType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import { UserError, type UserErrorData, userErrorRpcCode } from '../protocol/errors.ts';
import { daemonStatus } from '../protocol/requests.ts';
import { FrameReader, frame } from './frameReader.ts';
import { type SilenceBounds, SilenceWatch } from './silenceWatch.ts';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** What a client receives: an answer (it has the id of its request) or a notification (it has a method). */
interface Incoming {
  id?: number | null;
  result?: unknown;
  error?: { code: number; message: string; data?: unknown };
  method?: string;
  params?: unknown;
}

/**
 * The client's half of JSON-RPC 2.0: it asks and listens, nobody asks it. The daemon's half is vscode-jsonrpc, which is
 * not used here because loading it takes 8 ms (Node itself starts in 22 ms).
 */
export class RpcConnection {
  private readonly socket: Socket;
  private readonly frames = new FrameReader();
  private readonly waiting = new Map</* request id */ number, Waiting>();
  private readonly listeners = new Map</* method */ string, Set<(params: never) => void>>();
  private readonly closeListeners = new Set<() => void>();
  private readonly silence: SilenceWatch;
  private lastId = 0;
  private closed = false;

  /** Takes over a connected socket. */
  constructor(socket: Socket, bounds?: SilenceBounds) {
    this.socket = socket;
    this.silence = new SilenceWatch(
      { ask: () => void this.sendRequest(daemonStatus).catch(() => undefined), giveUp: () => this.end(silent()) },
      bounds,
    );
    socket.on('data', (piece) => this.take(piece));
    // Whatever was wrong, `close` follows.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.finish(connectionLost()));
  }

  /**
   * Rejects with a UserError: the one that the runner threw, `connectionLost` when the connection ends before the answer,
   * or `daemonSilent` when nobody is there any more; with another Error when the runner met a bug.
   */
  sendRequest<R>(type: RequestType0<R, UserErrorData>): Promise<R>;
  sendRequest<P, R>(type: RequestType<P, R, UserErrorData>, params: P): Promise<R>;
  sendRequest(type: { method: string }, params?: unknown): Promise<unknown> {
    if (this.closed) return Promise.reject(connectionLost());
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.socket.write(frame({ jsonrpc: '2.0', id, method: type.method, params }));
      this.silence.begin();
    });
  }

  /** Nothing is answered, and nothing is sent once the connection has ended. */
  sendNotification<P>(type: NotificationType<P>, params: P): void {
    if (!this.closed) this.socket.write(frame({ jsonrpc: '2.0', method: type.method, params }));
  }

  /** Returns the function that ends the subscription. */
  onNotification<P>(type: NotificationType<P>, listener: (params: P) => void): () => void {
    const listeners = this.listeners.get(type.method) ?? new Set();
    this.listeners.set(type.method, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Calls `listener` once the connection has ended, whoever ended it. */
  onClose(listener: () => void): void {
    if (this.closed) listener();
    else this.closeListeners.add(listener);
  }

  close(): void {
    this.end(connectionLost());
  }

  private end(reason: UserError): void {
    this.socket.destroy();
    this.finish(reason);
  }

  private take(piece: Buffer): void {
    this.silence.heard();
    let messages: unknown[];
    try {
      messages = this.frames.feed(piece);
    } catch {
      // Nothing after this can be understood.
      this.close();
      return;
    }
    for (const message of messages) this.receive(message as Incoming);
  }

  private receive({ id, result, error, method, params }: Incoming): void {
    if (method !== undefined) {
      for (const listener of this.listeners.get(method) ?? []) listener(params as never);
      return;
    }
    const waiting = typeof id === 'number' ? this.waiting.get(id) : undefined;
    if (typeof id === 'number') this.waiting.delete(id);
    if (this.waiting.size === 0) this.silence.end();
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(asThrown(error));
  }

  private finish(reason: UserError): void {
    if (this.closed) return;
    this.closed = true;
    this.silence.end();
    // Before the requests are given up: who waits for an answer or the end learns that it is the end.
    for (const listener of this.closeListeners) listener();
    for (const waiting of this.waiting.values()) waiting.reject(reason);
    this.waiting.clear();
  }
}

/** Turns what came over the wire back into what core threw. */
function asThrown(error: NonNullable<Incoming['error']>): Error {
  return error.code === userErrorRpcCode ? new UserError(error.data as UserErrorData) : new Error(error.message);
}

function connectionLost(): UserError {
  return new UserError({
    code: 'connectionLost',
    message: 'The runner ended before it answered.',
    hint: 'Look at its log: pan daemon log',
  });
}

function silent(): UserError {
  return new UserError({
    code: 'daemonSilent',
    message: 'The runner does not answer.',
    hint: 'Look at its log: pan daemon log',
  });
}
