import type { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { UserErrorData } from '../../runner/protocol/errors.ts';

/**
 * The one way out of a view. In VS Code a panel relays these messages to the runner; in a browser they go to the
 * daemon's own page server. A view knows neither.
 */
export interface Host {
  /** Rejects with `HostError`. */
  request<Params, Result>(type: RequestType<Params, Result, UserErrorData>, params: Params): Promise<Result>;

  /** Returns the function that ends the subscription. */
  onNotification<Params>(type: NotificationType<Params>, listener: (params: Params) => void): () => void;

  /** What the person arranged, as `keep` got it last; undefined at first. */
  kept(): unknown;

  /** Outlives the view: it is hidden, or its window is loaded again. */
  keep(arranged: unknown): void;
}

/** A failure in words for a person. */
export class HostError extends Error {
  readonly data: UserErrorData;

  constructor(data: UserErrorData) {
    super(data.message);
    this.name = 'HostError';
    this.data = data;
  }
}

/** What a person reads about any failure. */
export function userErrorOf(error: unknown): UserErrorData {
  if (error instanceof HostError) return error.data;
  const said = error instanceof Error ? error.message : String(error);
  return {
    code: 'bug',
    kind: 'user',
    message: `This is a bug in Panopticon: ${said}`,
    hint: 'The log of the runner says more.',
  };
}

/** The host of a view that was not given one: it knows nobody. */
export const noHost: Host = {
  request: () => Promise.reject(new Error('The view has no host.')),
  onNotification: () => () => undefined,
  kept: () => undefined,
  keep: () => undefined,
};
