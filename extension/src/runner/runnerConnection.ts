import type * as vscode from 'vscode';
import type { Notice } from '../../../runner/protocol/attention.ts';
import type { UserError } from '../../../runner/protocol/errors.ts';
import type { AgeParams, DidChangeParams } from '../../../runner/protocol/requests.ts';
import type { DaemonApi, RunnerApi } from '../../../runner/protocol/runnerApi.ts';

/**
 * `untrusted`: the workspace is not trusted, nothing is started. `unsupported`: native Windows. `down`: a person stopped
 * the runner (`pan down`); it is left so until a person asks for something. `outdated`: a newer runner runs.
 */
export type RunnerState =
  | 'untrusted'
  | 'unsupported'
  | 'starting'
  | 'ready'
  | 'reconnecting'
  | 'failed'
  | 'outdated'
  | 'down';

/** The runner as this window knows it: one connection, made again whenever it breaks. */
export interface RunnerConnection {
  readonly state: RunnerState;
  /** Why it is `failed` or `outdated`. */
  readonly failure: UserError | undefined;
  readonly onDidChangeState: vscode.Event<RunnerState>;
  /** What went stale. After every connection that was made, once for everything: `{ scope, ids: [] }` of each scope. */
  readonly onDidChange: vscode.Event<DidChangeParams>;
  readonly onDidAge: vscode.Event<AgeParams>;
  readonly onPresent: vscode.Event<Notice>;
  /**
   * The connected runner; waits for a connection that is being made, and makes one where a person stopped the runner
   * and asks for something now.
   *
   * @throws UserError when there is none.
   */
  get(): Promise<RunnerApi & { daemon: DaemonApi }>;
  /**
   * The same for what nobody asked for just now, as a tab that VS Code opens again: a runner that was stopped stays so.
   *
   * @throws UserError when there is none.
   */
  getUnasked(): Promise<RunnerApi & { daemon: DaemonApi }>;
  /** The connected runner, or undefined; never starts or waits. */
  connected(): (RunnerApi & { daemon: DaemonApi }) | undefined;
  /** Ends the runner and starts this extension's; agents go on. */
  restart(): Promise<void>;
}
