import type { Muting } from '../../../runner/protocol/attention.ts';
import type { RunnerApi } from '../../../runner/protocol/runnerApi.ts';
import type { RunnerConnection } from '../runner/runnerConnection.ts';
import { Signal } from '../signal.ts';

export interface MutingStateDeps {
  runner: Pick<RunnerConnection, 'onDidChange'> & {
    connected(): { attention: Pick<RunnerApi['attention'], 'muting'> } | undefined;
  };
  log: { warn(message: string): void };
}

/** Whether notifications are paused, as the runner said last. */
export class MutingState {
  private readonly deps: MutingStateDeps;
  private readonly changed = new Signal<void>();
  private readonly subscription: { dispose(): void };
  private now: Muting = { until: null };

  readonly onDidChange = this.changed.event;

  constructor(deps: MutingStateDeps) {
    this.deps = deps;
    this.subscription = deps.runner.onDidChange(({ scope }) => {
      if (scope === 'attention') void this.fetch();
    });
  }

  get current(): Muting {
    return this.now;
  }

  get isMuted(): boolean {
    return this.now.until !== null;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async fetch(): Promise<void> {
    try {
      const muting = await this.deps.runner.connected()?.attention.muting();
      if (muting === undefined || muting.until === this.now.until) return;
      this.now = muting;
      this.changed.fire();
    } catch (error) {
      this.deps.log.warn(`Whether notifications are paused is not known: ${String(error)}`);
    }
  }
}
