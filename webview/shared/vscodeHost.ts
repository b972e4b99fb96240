import type { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { UserErrorData } from '../../runner/protocol/errors.ts';
import type { ToPanel, ToView } from '../../runner/protocol/panelMessages.ts';
import { type Host, HostError } from './host.ts';

/** What VS Code gives to the script of a webview, once. */
export interface VscodeApi {
  postMessage(message: ToPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** As much of a window as is used. */
export interface MessageSource {
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

/** A host over the messages between a webview and its panel. Call `ready` when all listeners are there. */
export class VscodeHost implements Host {
  private readonly api: VscodeApi;
  private readonly pending = new Map<number, Settling<unknown>>();
  private readonly listeners = new Map</* method */ string, Set<Listener<unknown>>>();
  private lastId = 0;

  constructor(api: VscodeApi, source: MessageSource) {
    this.api = api;
    source.addEventListener('message', ({ data }) => {
      if (isToView(data)) this.receive(data);
    });
  }

  ready(): void {
    this.api.postMessage({ kind: 'ready' });
  }

  request<Params, Result>(type: RequestType<Params, Result, UserErrorData>, params: Params): Promise<Result> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      const settling: Settling<Result> = { succeed: resolve, fail: reject };
      this.pending.set(id, settling);
      this.api.postMessage({ kind: 'request', id, method: type.method, params });
    });
  }

  onNotification<Params>(type: NotificationType<Params>, listener: (params: Params) => void): () => void {
    const listeners = this.listeners.get(type.method) ?? new Set();
    this.listeners.set(type.method, listeners);
    const entry: Listener<Params> = { hear: listener };
    listeners.add(entry);
    return () => listeners.delete(entry);
  }

  kept(): unknown {
    return this.api.getState();
  }

  keep(arranged: unknown): void {
    this.api.setState(arranged);
  }

  private receive(message: ToView): void {
    if (message.kind === 'notification') {
      for (const listener of this.listeners.get(message.method) ?? []) listener.hear(message.params);
      return;
    }
    const pending = this.pending.get(message.id);
    this.pending.delete(message.id);
    if (message.error === undefined) pending?.succeed(message.result);
    else pending?.fail(new HostError(message.error));
  }
}

interface Settling<Result> {
  succeed(result: Result): void;
  fail(error: Error): void;
}

interface Listener<Params> {
  hear(params: Params): void;
}

/** The panel is ours; other messages in a window are those of VS Code and its tools. */
function isToView(data: unknown): data is ToView {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return false;
  return data.kind === 'answer' || data.kind === 'notification';
}
