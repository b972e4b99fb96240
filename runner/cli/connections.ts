import type { ConnectedRunner, Host } from './host.ts';

/** The connections of one command: one to a running or started daemon, made when first asked for. */
export class Connections {
  private readonly host: Host;
  private readonly open: ConnectedRunner[] = [];
  private started: Promise<ConnectedRunner> | undefined;

  constructor(host: Host) {
    this.host = host;
  }

  runner(): Promise<ConnectedRunner> {
    this.started ??= this.connect(true);
    return this.started;
  }

  /** Undefined when no daemon runs. */
  async runningRunner(): Promise<ConnectedRunner | undefined> {
    try {
      return await this.connect(false);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'noDaemon') return undefined;
      throw error;
    }
  }

  close(): void {
    for (const runner of this.open.splice(0)) {
      try {
        runner.close();
      } catch {
        // The daemon may have ended the connection first, as `pan down` asks it to.
      }
    }
  }

  private async connect(startIfMissing: boolean): Promise<ConnectedRunner> {
    const runner = await this.host.connect({ startIfMissing });
    this.open.push(runner);
    return runner;
  }
}
