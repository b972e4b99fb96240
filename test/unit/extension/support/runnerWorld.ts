import { ReconnectingRunner, type RunnerLink } from '../../../../extension/src/runner/reconnectingRunner.ts';
import type { RunnerState } from '../../../../extension/src/runner/runnerConnection.ts';
import { UserError } from '../../../../runner/protocol/errors.ts';
import type { DidChangeParams } from '../../../../runner/protocol/requests.ts';
import { MovableClock } from '../../../support/movableClock.ts';

/** A failure by its code. */
export function failure(code: string): UserError {
  return new UserError({ code, message: `It is ${code}.` });
}

/** One connection that the test makes, breaks, and looks at. */
export class Link {
  readonly client: RunnerLink;
  isClosed = false;
  wasShutDown = false;
  endsOnShutdown = true;
  refusal: UserError | undefined;
  private readonly closeListeners: (() => void)[] = [];
  private readonly changeListeners: ((change: DidChangeParams) => void)[] = [];

  constructor() {
    const used: Pick<RunnerLink, 'onDidChange' | 'onDidAge' | 'onPresent' | 'onClose' | 'close' | 'daemon'> = {
      onDidChange: (listener) => {
        this.changeListeners.push(listener);
        return () => {};
      },
      onDidAge: () => () => {},
      onPresent: () => () => {},
      onClose: (listener) => void this.closeListeners.push(listener),
      close: () => this.breakOff(),
      daemon: {
        status: unused,
        pin: unused,
        shutdown: async () => {
          if (this.refusal !== undefined) throw this.refusal;
          this.wasShutDown = true;
          if (!this.endsOnShutdown) return;
          this.breakOff();
          throw failure('connectionLost');
        },
      },
    };
    this.client = used as RunnerLink;
  }

  change(change: DidChangeParams): void {
    for (const listener of this.changeListeners) listener(change);
  }

  breakOff(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const listener of this.closeListeners) listener();
  }
}

function unused(): never {
  throw new Error('not used here');
}

/** What the next attempts meet: the last thing said stays so. */
export class World {
  readonly clock = new MovableClock();
  readonly attempts: { respectDown: boolean }[] = [];
  readonly states: RunnerState[] = [];
  readonly logged: string[] = [];
  readonly runner: ReconnectingRunner;
  link = new Link();
  private answer: () => Promise<RunnerLink> = () => Promise.reject(new Error('nothing is there'));

  static async connected(): Promise<World> {
    const world = new World();
    world.link = world.nextLink();
    world.runner.start();
    await world.settled();
    return world;
  }

  constructor(state: 'untrusted' | 'unsupported' | 'starting' = 'starting') {
    this.runner = new ReconnectingRunner(
      {
        connect: (options) => {
          this.attempts.push(options);
          return this.answer();
        },
        after: (ms, run) => this.clock.after(ms, run),
        log: { info: () => {}, error: (text) => this.logged.push(`error ${text}`) },
      },
      state,
    );
    this.runner.onDidChangeState((now) => this.states.push(now));
  }

  nextLink(): Link {
    const link = new Link();
    this.answer = () => Promise.resolve(link.client);
    return link;
  }

  fail(error: Error): void {
    this.answer = () => Promise.reject(error);
  }

  /** Keeps the next attempt waiting. */
  hold(): { resolve(link: RunnerLink): void; reject(error: Error): void } {
    let settle: { resolve(link: RunnerLink): void; reject(error: Error): void } | undefined;
    const held = new Promise<RunnerLink>((resolve, reject) => {
      settle = { resolve, reject };
    });
    this.answer = () => held;
    return { resolve: (link) => settle?.resolve(link), reject: (error) => settle?.reject(error) };
  }

  async settled(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
