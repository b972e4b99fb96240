import * as requests from '../protocol/requests.ts';
import type { DaemonApi, RunnerApi } from '../protocol/runnerApi.ts';
import type { RpcConnection } from './rpcConnection.ts';

/** The runner as its clients see it: the same calls, over one connection to the daemon. */
export class RunnerClient implements RunnerApi {
  private readonly connection: RpcConnection;
  private readonly progress = new Map</* token */ string, (phase: string) => void>();
  private lastToken = 0;

  constructor(connection: RpcConnection) {
    this.connection = connection;
    connection.onNotification(requests.progressDidAdvance, ({ token, phase }) => this.progress.get(token)?.(phase));
  }

  readonly projects: RunnerApi['projects'] = {
    add: (params) => this.connection.sendRequest(requests.projectAdd, params),
    list: () => this.connection.sendRequest(requests.projectList),
    remove: (params) => this.connection.sendRequest(requests.projectRemove, params),
  };

  readonly issues: RunnerApi['issues'] = {
    create: (params) => this.connection.sendRequest(requests.issueCreate, params),
    list: (params) => this.connection.sendRequest(requests.issueList, params),
    show: (params) => this.connection.sendRequest(requests.issueShow, params),
    edit: (params) => this.connection.sendRequest(requests.issueEdit, params),
    close: (params) => this.connection.sendRequest(requests.issueClose, params),
  };

  readonly workspaces: RunnerApi['workspaces'] = {
    create: (params) => this.connection.sendRequest(requests.workspaceCreate, params),
    list: (params) => this.connection.sendRequest(requests.workspaceList, params),
    destroy: (params) => this.connection.sendRequest(requests.workspaceDestroy, params),
  };

  readonly agents: RunnerApi['agents'] = {
    plan: (params) => this.connection.sendRequest(requests.agentPlan, params),
    start: (params, onProgress) =>
      this.withProgress(onProgress, (progressToken) =>
        this.connection.sendRequest(requests.agentStart, { ...params, progressToken }),
      ),
    list: () => this.connection.sendRequest(requests.agentList),
    tell: (params) => this.connection.sendRequest(requests.agentTell, params),
    tellPreview: (params) => this.connection.sendRequest(requests.agentTellPreview, params),
    kill: (params) => this.connection.sendRequest(requests.agentKill, params),
    resume: (params) => this.connection.sendRequest(requests.agentResume, params),
    done: (params) => this.connection.sendRequest(requests.agentDone, params),
    why: (params) => this.connection.sendRequest(requests.agentWhy, params),
    log: (params) => this.connection.sendRequest(requests.agentLog, params),
    transcript: (params) => this.connection.sendRequest(requests.agentTranscript, params),
    attachTarget: (params) => this.connection.sendRequest(requests.agentAttachTarget, params),
  };

  readonly requests: RunnerApi['requests'] = {
    list: (params) => this.connection.sendRequest(requests.requestList, params),
    answer: (params) => this.connection.sendRequest(requests.requestAnswer, params),
  };

  readonly costs: RunnerApi['costs'] = {
    report: (params) => this.connection.sendRequest(requests.costReport, params),
  };

  readonly hooks: RunnerApi['hooks'] = {
    push: (params) => this.connection.sendRequest(requests.hookPush, params),
    check: (params) => this.connection.sendRequest(requests.hookCheck, params),
  };

  readonly daemon: DaemonApi = {
    status: () => this.connection.sendRequest(requests.daemonStatus),
    pin: (params) => this.connection.sendRequest(requests.daemonPin, params),
    shutdown: async () => {
      await this.connection.sendRequest(requests.daemonShutdown);
    },
  };

  overview(): ReturnType<RunnerApi['overview']> {
    return this.connection.sendRequest(requests.overviewGet);
  }

  initialize(params: requests.InitializeParams): Promise<requests.InitializeResult> {
    return this.connection.sendRequest(requests.initialize, params);
  }

  /** Calls `listener` with what went stale; refetch it. Returns the function that ends the subscription. */
  onDidChange(listener: (change: requests.DidChangeParams) => void): () => void {
    return this.connection.onNotification(requests.stateDidChange, listener);
  }

  onClose(listener: () => void): void {
    this.connection.onClose(listener);
  }

  close(): void {
    this.connection.close();
  }

  private async withProgress<T>(
    onProgress: ((phase: string) => void) | undefined,
    send: (token: string) => Promise<T>,
  ): Promise<T> {
    const token = String(++this.lastToken);
    if (onProgress !== undefined) this.progress.set(token, onProgress);
    try {
      return await send(token);
    } finally {
      this.progress.delete(token);
    }
  }
}
