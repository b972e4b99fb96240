import type { Notice } from '../protocol/attention.ts';
import * as requests from '../protocol/requests.ts';
import type { Cancellation, DaemonApi, RunnerApi } from '../protocol/runnerApi.ts';
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
    counts: (params) => this.connection.sendRequest(requests.issueCounts, params),
    page: (params) => this.connection.sendRequest(requests.issuePage, params),
    search: (params) => this.connection.sendRequest(requests.issueSearch, params),
    show: (params) => this.connection.sendRequest(requests.issueShow, params),
    edit: (params) => this.connection.sendRequest(requests.issueEdit, params),
    close: (params) => this.connection.sendRequest(requests.issueClose, params),
  };

  readonly workspaces: RunnerApi['workspaces'] = {
    create: (params) => this.connection.sendRequest(requests.workspaceCreate, params),
    list: (params) => this.connection.sendRequest(requests.workspaceList, params),
    destroy: (params) => this.connection.sendRequest(requests.workspaceDestroy, params),
    changes: (params) => this.connection.sendRequest(requests.workspaceChanges, params),
    file: (params) => this.connection.sendRequest(requests.workspaceFile, params),
    rescues: (params) => this.connection.sendRequest(requests.workspaceRescues, params),
    restore: (params) => this.connection.sendRequest(requests.workspaceRestore, params),
  };

  readonly agents: RunnerApi['agents'] = {
    plan: (params) => this.connection.sendRequest(requests.agentPlan, params),
    start: (params, onProgress, signal) =>
      this.withProgress(onProgress, signal, (progressToken) =>
        this.connection.sendRequest(requests.agentStart, { ...params, progressToken }),
      ),
    list: (params = {}) => this.connection.sendRequest(requests.agentList, params),
    tell: (params) => this.connection.sendRequest(requests.agentTell, params),
    tellPreview: (params) => this.connection.sendRequest(requests.agentTellPreview, params),
    mail: (params) => this.connection.sendRequest(requests.agentMail, params),
    dropMail: (params) => this.connection.sendRequest(requests.agentDropMail, params),
    kill: (params) => this.connection.sendRequest(requests.agentKill, params),
    resume: (params) => this.connection.sendRequest(requests.agentResume, params),
    done: (params) => this.connection.sendRequest(requests.agentDone, params),
    why: (params) => this.connection.sendRequest(requests.agentWhy, params),
    log: (params) => this.connection.sendRequest(requests.agentLog, params),
    transcript: (params) => this.connection.sendRequest(requests.agentTranscript, params),
    findInTranscript: (params) => this.connection.sendRequest(requests.agentFindInTranscript, params),
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
    drop: (params) => this.connection.sendRequest(requests.hookDrop, params),
  };

  readonly runtimes: RunnerApi['runtimes'] = {
    list: (params) => this.connection.sendRequest(requests.runtimeList, params),
  };

  readonly attention: RunnerApi['attention'] = {
    window: (params) => this.connection.sendRequest(requests.windowState, params),
    muting: () => this.connection.sendRequest(requests.attentionMuting),
    mute: (params) => this.connection.sendRequest(requests.attentionMute, params),
  };

  readonly daemon: DaemonApi = {
    status: () => this.connection.sendRequest(requests.daemonStatus),
    pin: (params) => this.connection.sendRequest(requests.daemonPin, params),
    shutdown: async () => {
      await this.connection.sendRequest(requests.daemonShutdown);
    },
  };

  doctor(): ReturnType<RunnerApi['doctor']> {
    return this.connection.sendRequest(requests.doctorRun);
  }

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

  /** Calls `listener` when ages read differently; only while the window said that it shows agents. */
  onDidAge(listener: (aged: requests.AgeParams) => void): () => void {
    return this.connection.onNotification(requests.agentsDidAge, listener);
  }

  /** Calls `listener` with what this window, and no other, is to announce. */
  onPresent(listener: (notice: Notice) => void): () => void {
    return this.connection.onNotification(requests.attentionPresent, listener);
  }

  onClose(listener: () => void): void {
    this.connection.onClose(listener);
  }

  close(): void {
    this.connection.close();
  }

  private async withProgress<T>(
    onProgress: ((phase: string) => void) | undefined,
    signal: Cancellation | undefined,
    send: (token: string) => Promise<T>,
  ): Promise<T> {
    const token = String(++this.lastToken);
    if (onProgress !== undefined) this.progress.set(token, onProgress);
    const cancel = (): void => this.connection.sendNotification(requests.progressCancel, { token });
    try {
      const answer = send(token);
      if (signal?.aborted === true) cancel();
      signal?.addEventListener('abort', cancel);
      return await answer;
    } finally {
      this.progress.delete(token);
      signal?.removeEventListener('abort', cancel);
    }
  }
}
