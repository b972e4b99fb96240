import type { ConnectedRunner } from '../../../runner/cli/host.ts';
import type { DaemonStatus } from '../../../runner/protocol/models.ts';
import type { DidChangeParams } from '../../../runner/protocol/requests.ts';

export interface Call {
  /** `agents.tell`. */
  method: string;
  params: unknown;
}

export const daemonStatus: DaemonStatus = {
  running: true,
  pid: 4711,
  version: '0.1.0',
  protocolVersion: '1.0',
  socket: '/home/ada/.panopticon/run/pan.sock',
  startedAt: '2026-11-22T11:00:00.000Z',
  clients: 1,
  pinned: false,
};

export type Answers = Readonly<Record<string, (params: unknown, onProgress?: (phase: string) => void) => unknown>>;

/** A runner that records every call, answers what the test says, and refuses everything else. */
export class FakeRunner {
  readonly calls: Call[] = [];
  readonly api: ConnectedRunner;
  openConnections = 0;
  private readonly changeListeners = new Set<(change: DidChangeParams) => void>();
  private readonly closeListeners = new Set<() => void>();
  private readonly answers: Answers;

  constructor(answers: Answers = {}) {
    this.answers = { 'daemon.status': () => daemonStatus, ...answers };
    this.api = {
      projects: this.noun('projects'),
      issues: this.noun('issues'),
      workspaces: this.noun('workspaces'),
      agents: this.noun('agents'),
      requests: this.noun('requests'),
      costs: this.noun('costs'),
      hooks: this.noun('hooks'),
      runtimes: this.noun('runtimes'),
      attention: this.noun('attention'),
      daemon: this.noun('daemon'),
      doctor: () => this.call('doctor', undefined) as ReturnType<ConnectedRunner['doctor']>,
      overview: () => this.call('overview', undefined) as ReturnType<ConnectedRunner['overview']>,
      onDidChange: (listener) => {
        this.changeListeners.add(listener);
        return () => this.changeListeners.delete(listener);
      },
      onClose: (listener) => {
        this.closeListeners.add(listener);
      },
      close: () => {
        this.openConnections -= 1;
      },
    };
  }

  fire(change: DidChangeParams): void {
    for (const listener of [...this.changeListeners]) listener(change);
  }

  /** As if the daemon had ended; whoever connects again hears of later changes. */
  lose(): void {
    const closed = [...this.closeListeners];
    this.changeListeners.clear();
    this.closeListeners.clear();
    for (const listener of closed) listener();
  }

  private noun<T extends object>(name: string): T {
    return new Proxy({} as T, {
      get: (_, verb) => (params: unknown, onProgress?: (phase: string) => void) =>
        this.call(`${name}.${String(verb)}`, params, onProgress),
    });
  }

  private async call(method: string, params: unknown, onProgress?: (phase: string) => void): Promise<unknown> {
    this.calls.push({ method, params });
    const answer = this.answers[method];
    if (answer === undefined) throw new Error(`nobody expected ${method}`);
    return answer(params, onProgress);
  }
}
