import type net from 'node:net';
import type { MessageConnection } from 'vscode-jsonrpc';
import type { Log } from '../core/ports.ts';
import { type DidChangeParams, stateDidChange } from '../protocol/requests.ts';
import { notify } from './notify.ts';

/** About 1 kB of memory each while they wait; a client that is only slow is never so far behind. */
const mostUnread = 10_000;

/** A client that is told what changes, from its `initialize` on. */
export class ToldClient {
  private readonly connection: MessageConnection;
  private readonly socket: Pick<net.Socket, 'destroy' | 'destroyed'>;
  private readonly log: Log;
  private unread = 0;
  private isTold = false;
  /** Its connection was closed by us. */
  isLeft = false;

  constructor(connection: MessageConnection, socket: Pick<net.Socket, 'destroy' | 'destroyed'>, log: Log) {
    this.connection = connection;
    this.socket = socket;
    this.log = log;
  }

  begin(): void {
    this.isTold = true;
  }

  /** Leaves a client that does not read (stopped by Ctrl-Z, say): who comes back connects again and fetches anew. */
  tell(change: DidChangeParams): void {
    if (!this.isTold || this.socket.destroyed) return;
    this.unread += 1;
    if (this.unread > mostUnread) {
      this.isLeft = true;
      this.log.warn(`a client left ${mostUnread} changes unread: its connection is closed`);
      this.socket.destroy();
      return;
    }
    notify(this.connection, stateDidChange, change, () => {
      this.unread -= 1;
    });
  }
}
