import type { RunnerClient } from '../../../runner/client/runnerClient.ts';
import type { Notice } from '../../../runner/protocol/attention.ts';
import { UserError } from '../../../runner/protocol/errors.ts';
import type { AgeParams, DidChangeParams } from '../../../runner/protocol/requests.ts';
import { messageOf } from '../messageOf.ts';
import { Signal } from '../signal.ts';
import type { RunnerConnection, RunnerState } from './runnerConnection.ts';

/** As much of a connected client as is used here. */
export type RunnerLink = Pick<RunnerClient, keyof RunnerClient>;

export interface ReconnectingRunnerDeps {
  /**
   * One attempt: connects, and starts the daemon where none runs. With `respectDown` one that a person stopped is left
   * stopped, and the attempt rejects with `runnerDown`.
   */
  connect(options: { respectDown: boolean }): Promise<RunnerLink>;
  /** Calls `run` after `ms` milliseconds, unless the returned function is called before. */
  after(ms: number, run: () => void): () => void;
  log: { info(message: string): void; error(message: string | Error): void };
}

/** Between two attempts while there is no connection: the first follows at once. */
const pausesMs = [250, 500, 1_000, 2_000, 5_000, 10_000, 30_000];
/** A daemon ends in well under a second; one that hangs is given up. */
const shutdownMs = 10_000;

const everything: Record<DidChangeParams['scope'], true> = {
  daemon: true,
  projects: true,
  agents: true,
  transcripts: true,
  issues: true,
  workspaces: true,
  hooks: true,
  mail: true,
  attention: true,
};

/**
 * The one connection of a window. Its only timer runs while there is no connection. A newer runner is not tried again by
 * itself: one that is visited never learns that nobody needs it.
 */
export class ReconnectingRunner implements RunnerConnection {
  private readonly deps: ReconnectingRunnerDeps;
  private readonly stateSignal = new Signal<RunnerState>();
  private readonly changeSignal = new Signal<DidChangeParams>();
  private readonly ageSignal = new Signal<AgeParams>();
  private readonly noticeSignal = new Signal<Notice>();
  private current: { state: RunnerState; failure: UserError | undefined };
  private link: RunnerLink | undefined;
  private attempt: Promise<RunnerLink> | undefined;
  private cancelPause: (() => void) | undefined;
  private misses = 0;
  /** A person asked for something: a runner that was stopped is started. */
  private isWanted = false;
  private isDisposed = false;

  readonly onDidChangeState = this.stateSignal.event;
  readonly onDidChange = this.changeSignal.event;
  readonly onDidAge = this.ageSignal.event;
  readonly onPresent = this.noticeSignal.event;

  /** Nothing happens before `start`. */
  constructor(deps: ReconnectingRunnerDeps, state: 'untrusted' | 'unsupported' | 'starting') {
    this.deps = deps;
    this.current = { state, failure: undefined };
  }

  get state(): RunnerState {
    return this.current.state;
  }

  get failure(): UserError | undefined {
    return this.current.failure;
  }

  /** Begins to connect; also after trust was granted. */
  start(): void {
    if (this.state === 'unsupported' || this.isDisposed) return;
    if (this.state === 'untrusted') this.become('starting');
    this.tryNow();
  }

  /** Connects anew, because where or how to connect is different now. */
  reset(): void {
    if (!this.mayConnect) return;
    const { link, attempt } = this;
    if (link !== undefined) link.close();
    else if (attempt === undefined) this.tryNow();
    else attempt.then((late) => late.close()).catch(() => this.tryNow());
  }

  connected(): RunnerLink | undefined {
    return this.link;
  }

  get(): Promise<RunnerLink> {
    if (this.link === undefined && this.mayConnect) this.isWanted = true;
    return this.getUnasked();
  }

  async getUnasked(): Promise<RunnerLink> {
    if (this.link !== undefined) return this.link;
    if (this.state === 'unsupported') throw unsupported();
    if (this.state === 'untrusted') throw untrusted();
    return this.connectNow();
  }

  async restart(): Promise<void> {
    const { link } = this;
    if (link !== undefined) {
      this.isWanted = true;
      await this.shutDown(link);
    }
    await this.get();
  }

  dispose(): void {
    this.isDisposed = true;
    this.cancelPause?.();
    this.link?.close();
    for (const signal of [this.stateSignal, this.changeSignal, this.ageSignal, this.noticeSignal]) signal.dispose();
  }

  private get mayConnect(): boolean {
    return this.state !== 'unsupported' && this.state !== 'untrusted';
  }

  /** Rejects when it does not end; that the connection breaks before the answer is as it should be. */
  private shutDown(link: RunnerLink): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.deps.after(shutdownMs, () => {
        reject(new UserError({ code: 'daemonSilent', message: 'The runner does not end.', hint: 'Look at its log.' }));
      });
      link.onClose(() => {
        cancel();
        resolve();
      });
      link.daemon.shutdown().catch((error: unknown) => {
        if (error instanceof UserError && error.code === 'connectionLost') return;
        cancel();
        reject(error);
      });
    });
  }

  private tryNow(): void {
    // What went wrong is in the state.
    this.connectNow().catch(() => {});
  }

  private connectNow(): Promise<RunnerLink> {
    this.cancelPause?.();
    this.cancelPause = undefined;
    this.attempt ??= this.connectOnce().finally(() => {
      this.attempt = undefined;
    });
    return this.attempt;
  }

  private async connectOnce(): Promise<RunnerLink> {
    for (;;) {
      const respectDown = !this.isWanted;
      if (this.isWanted && this.state === 'down') this.become('starting');
      try {
        return this.take(await this.deps.connect({ respectDown }));
      } catch (error) {
        // A person asked for something while this attempt respected the stop.
        if (respectDown && this.isWanted && codeOf(error) === 'runnerDown') continue;
        throw this.miss(error);
      }
    }
  }

  private take(link: RunnerLink): RunnerLink {
    if (this.isDisposed) {
      link.close();
      return link;
    }
    this.link = link;
    this.isWanted = false;
    this.misses = 0;
    link.onDidChange((change) => this.announce(this.changeSignal, change));
    link.onDidAge((aged) => this.announce(this.ageSignal, aged));
    link.onPresent((notice) => this.announce(this.noticeSignal, notice));
    this.deps.log.info('Connected to the runner.');
    this.become('ready');
    for (const scope of Object.keys(everything).filter(isScope)) this.announce(this.changeSignal, { scope, ids: [] });
    // Last: a link that has closed meanwhile says so at once.
    link.onClose(() => this.lose(link));
    return link;
  }

  private lose(link: RunnerLink): void {
    if (this.link !== link) return;
    this.link = undefined;
    if (this.isDisposed) return;
    this.deps.log.info('The connection to the runner ended.');
    this.become('reconnecting');
    this.tryNow();
  }

  /** Takes note of an attempt that failed, and plans the next. */
  private miss(error: unknown): UserError {
    const failure = asUserError(error);
    const isNews = failure.message !== this.failure?.message;
    if (isNews && failure.code !== 'runnerDown') {
      this.deps.log.error(error instanceof Error && !(error instanceof UserError) ? error : failure.message);
    }
    this.isWanted = false;
    this.become(stateAfter(failure), failure);
    if (this.isDisposed || this.state === 'outdated') return failure;
    const pauseMs = pausesMs[Math.min(this.misses++, pausesMs.length - 1)] ?? 0;
    this.cancelPause = this.deps.after(pauseMs, () => this.tryNow());
    return failure;
  }

  private become(state: RunnerState, failure?: UserError): void {
    const before = this.current;
    this.current = { state, failure };
    if (!this.isDisposed && (before.state !== state || before.failure?.message !== failure?.message)) {
      this.announce(this.stateSignal, state);
    }
  }

  /** What a listener throws is a bug of its own, and none of the connection's. */
  private announce<T>(signal: Signal<T>, value: T): void {
    try {
      signal.fire(value);
    } catch (error) {
      this.deps.log.error(error instanceof Error ? error : String(error));
    }
  }
}

function isScope(name: string): name is DidChangeParams['scope'] {
  return name in everything;
}

function stateAfter(failure: UserError): RunnerState {
  if (failure.code === 'runnerDown') return 'down';
  return failure.code === 'updateNeeded' ? 'outdated' : 'failed';
}

function codeOf(error: unknown): string | undefined {
  return error instanceof UserError ? error.code : undefined;
}

function asUserError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  const reason = messageOf(error);
  return new UserError({
    code: 'connect',
    message: `The runner cannot be reached: ${reason}.`,
    hint: 'Look at its log.',
    cause: error,
  });
}

function untrusted(): UserError {
  return new UserError({
    code: 'untrusted',
    message: 'Panopticon starts programs in this folder, so it needs you to trust it first.',
    hint: 'Trust the folder: Workspaces: Manage Workspace Trust',
  });
}

function unsupported(): UserError {
  return new UserError({
    code: 'unsupported',
    message: 'Agents live in tmux, which does not run on Windows itself.',
    hint: 'Open the folder in WSL: WSL: Reopen Folder in WSL',
  });
}
