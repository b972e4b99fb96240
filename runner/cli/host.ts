import type { DoctorReport, InitReport } from '../protocol/models.ts';
import type { DidChangeParams } from '../protocol/requests.ts';
import type { DaemonApi, RunnerApi } from '../protocol/runnerApi.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The runner as `pan` uses it: the socket client in life, a recording double in tests. */
export interface ConnectedRunner extends RunnerApi {
  daemon: DaemonApi;
  /** Calls `listener` with what went stale. Returns the function that ends the subscription. */
  onDidChange(listener: (change: DidChangeParams) => void): () => void;
  /** Calls `listener` when the connection ends. */
  onClose(listener: () => void): void;
  close(): void;
}

/** What works when no daemon can start. */
export interface OfflineRunner {
  doctor(): Promise<DoctorReport>;
  init(): Promise<InitReport>;
}

/** One of the two output streams. */
export interface Sink {
  isTTY: boolean;
  /** Columns of the terminal, when it is one. */
  columns: number | undefined;
  /** Resolves once the text has left the process. A reader that went away is not an error. */
  write(text: string): Promise<void>;
}

/** Everything outside of `pan` that a command may touch. */
export interface Host {
  version: string;
  env: Environment;
  /** As in `process.platform`. */
  platform: string;
  cwd(): string;
  now(): Date;
  monotonicMs(): number;
  stdout: Sink;
  stderr: Sink;
  stdinIsTTY(): boolean;
  readStdin(): Promise<string>;
  /** PANOPTICON_HOME, absolute. */
  home(): string;
  /** Rejects with the UserError `noDaemon` when no daemon runs and none may be started. */
  connect(options: { startIfMissing: boolean }): Promise<ConnectedRunner>;
  /** Whether clients that act by themselves may start no daemon; over as soon as one starts. */
  markDown(isDown: boolean): Promise<void>;
  openOffline(): OfflineRunner;
  /** Leaves an AI tool's hook event for the daemon. Resolves with what the hook prints, after the answer to a request. */
  takeHookEvent(eventText: string): Promise<string>;
  /** Runs a program in this terminal, without a shell, and resolves with its exit code. */
  runInTerminal(argv: readonly string[], env: Environment): Promise<number>;
  isAlive(pid: number): boolean;
}
