import type { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { UserErrorData } from '../../runner/protocol/errors.ts';

/**
 * The one way out of a view. In VS Code a panel relays these messages to the runner; in a browser they go to the
 * daemon's own page server. A view knows neither.
 */
export interface Host {
  /** Rejects with `UserErrorData` when a person can do something about the failure. */
  request<Params, Result>(type: RequestType<Params, Result, UserErrorData>, params: Params): Promise<Result>;

  /** Returns the function that ends the subscription. */
  onNotification<Params>(type: NotificationType<Params>, listener: (params: Params) => void): () => void;
}
