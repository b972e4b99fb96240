import type { Model, ModelMock, ModelReply } from '../../support/models/modelMock.ts';
import { waitFor } from '../../support/waitFor.ts';

/** The model of one agent, played by hand: each request waits until it is told what to reply. */
export interface ModelPart {
  /** The next request, when it has come. */
  request(): Promise<ModelRequest>;
  /** Resolves when no request is open: the tool has given up the one that it waited for. */
  quiet(): Promise<void>;
}

export interface ModelRequest {
  /** The reply is on its way when this returns. */
  reply(reply: ModelReply): void;
}

/** Longest that a tool may take for a request, in milliseconds. */
const requestTimeoutMs = 30_000;
const quietTimeoutMs = 10_000;

/** Plays a mock of a model's API. */
export class MockedModel implements ModelPart {
  private readonly unread: ModelRequest[] = [];
  private mock: Pick<ModelMock, 'open'> | undefined;

  /** Given to the mock; `attach` it afterwards. */
  readonly model: Model = () => {
    let chosen: ModelReply = { kind: 'hang' };
    let settle: () => void = () => undefined;
    const until = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.unread.push({
      reply: (reply) => {
        chosen = reply;
        settle();
      },
    });
    return {
      kind: 'later',
      until,
      // Asked for when `until` has resolved.
      get reply() {
        return chosen;
      },
    };
  };

  attach(mock: Pick<ModelMock, 'open'>): void {
    this.mock = mock;
  }

  request(): Promise<ModelRequest> {
    return waitFor(() => this.unread.shift(), { timeoutMs: requestTimeoutMs, what: 'a request to the model' });
  }

  async quiet(): Promise<void> {
    const probe = () => this.mock?.open === 0 || undefined;
    await waitFor(probe, { timeoutMs: quietTimeoutMs, what: 'the request to be given up' });
  }
}
