import type { WindowState } from '../../../runner/protocol/attention.ts';
import type { RunnerApi } from '../../../runner/protocol/runnerApi.ts';

/** As much of a connected runner as is told. */
interface Told {
  attention: Pick<RunnerApi['attention'], 'window'>;
}

export interface WindowReporterDeps {
  runner: { connected(): Told | undefined };
  /** How the window is now. */
  read(): WindowState;
  log: { warn(message: string): void };
}

/** Tells the runner how this window is: whenever that changed, and after every connection that was made. */
export class WindowReporter {
  private readonly deps: WindowReporterDeps;
  private toldTo: Told | undefined;
  private told = '';

  constructor(deps: WindowReporterDeps) {
    this.deps = deps;
  }

  /** Call it whenever anything may have changed. */
  report(): void {
    const runner = this.deps.runner.connected();
    if (runner === undefined) return;
    const state = this.deps.read();
    const text = JSON.stringify(state);
    if (runner === this.toldTo && text === this.told) return;
    this.toldTo = runner;
    this.told = text;
    runner.attention.window(state).catch((error: unknown) => {
      // The next connection is told again.
      this.deps.log.warn(`The runner was not told how this window is: ${String(error)}`);
    });
  }
}
