import type { MessageConnection } from 'vscode-jsonrpc';
import type { AttentionService, WindowClient } from '../core/attention/attentionService.ts';
import type { WindowState } from '../protocol/attention.ts';
import { agentsDidAge, attentionPresent } from '../protocol/requests.ts';
import { notify } from './notify.ts';

/** The window of an editor at the other end of a connection, once the client says that it is one. */
export class ConnectedWindow {
  private readonly attention: Pick<AttentionService, 'window' | 'closed'>;
  private readonly client: WindowClient;
  private isWindow = false;

  constructor(connection: MessageConnection, attention: Pick<AttentionService, 'window' | 'closed'>) {
    this.attention = attention;
    this.client = {
      present: (notice) => notify(connection, attentionPresent, notice),
      didAge: (aged) => notify(connection, agentsDidAge, aged),
    };
  }

  is(state: WindowState): void {
    this.isWindow = true;
    this.attention.window(this.client, state);
  }

  /** The connection has ended. */
  closed(): void {
    if (this.isWindow) this.attention.closed(this.client);
  }
}
