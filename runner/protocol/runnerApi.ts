import type {
  Agent,
  AgentRequest,
  AgentTranscript,
  AnswerResult,
  AttachTarget,
  CostReport,
  DaemonStatus,
  DestroyResult,
  Explanation,
  HookItem,
  IssueDetails,
  Overview,
  Project,
  StartPlan,
  TellPreview,
  TellResult,
  Workspace,
} from './models.ts';
import type {
  AgentLog,
  AgentLogParams,
  AgentStartParams,
  AgentTellParams,
  AgentTranscriptParams,
  CostParams,
  HookPushParams,
  IssueCloseParams,
  IssueCreateParams,
  IssueEditParams,
  IssueListParams,
  IssueListResult,
  IssueParams,
  ProjectAddParams,
  RequestAnswerParams,
  RequestListParams,
  WorkspaceDestroyParams,
} from './requests.ts';

/**
 * Everything the runner can do. Clients call it over the socket (`RunnerClient`), the daemon serves it from core
 * (`createRunner`). Each method rejects with a `UserError` when the caller can do something about the failure.
 */
export interface RunnerApi {
  projects: {
    add(params: ProjectAddParams): Promise<Project>;
    list(): Promise<Project[]>;
    remove(params: { name: string }): Promise<Project>;
  };
  issues: {
    create(params: IssueCreateParams): Promise<IssueDetails>;
    list(params: IssueListParams): Promise<IssueListResult>;
    show(params: IssueParams): Promise<IssueDetails>;
    edit(params: IssueEditParams): Promise<IssueDetails>;
    close(params: IssueCloseParams): Promise<IssueDetails>;
  };
  workspaces: {
    create(params: IssueParams): Promise<Workspace>;
    list(params: { project?: string | undefined }): Promise<Workspace[]>;
    destroy(params: WorkspaceDestroyParams): Promise<DestroyResult>;
  };
  agents: {
    /** What `start` would do, without doing it. */
    plan(params: AgentStartParams): Promise<StartPlan>;
    start(params: AgentStartParams, onProgress?: (phase: string) => void): Promise<Agent>;
    list(): Promise<Agent[]>;
    tell(params: AgentTellParams): Promise<TellResult>;
    /** What `tell` would do with a message now. */
    tellPreview(params: IssueParams): Promise<TellPreview>;
    kill(params: IssueParams): Promise<Agent>;
    resume(params: IssueParams): Promise<Agent>;
    done(params: IssueParams): Promise<Agent>;
    why(params: IssueParams): Promise<Explanation>;
    log(params: AgentLogParams): Promise<AgentLog>;
    /** The conversation, as the tool wrote it down. */
    transcript(params: AgentTranscriptParams): Promise<AgentTranscript>;
    attachTarget(params: IssueParams): Promise<AttachTarget>;
  };
  requests: {
    /** What agents ask and wait for, oldest first. */
    list(params: RequestListParams): Promise<AgentRequest[]>;
    /** Rejects with `requestGone` or `requestChanged` when the answer no longer fits. */
    answer(params: RequestAnswerParams): Promise<AnswerResult>;
  };
  costs: {
    report(params: CostParams): Promise<CostReport>;
  };
  hooks: {
    push(params: HookPushParams): Promise<HookItem>;
    check(params: IssueParams): Promise<HookItem[]>;
  };
  overview(): Promise<Overview>;
}

/** What the daemon adds to the runner: itself. */
export interface DaemonApi {
  status(): Promise<DaemonStatus>;
  /** A pinned daemon does not end by itself. */
  pin(params: { pinned: boolean }): Promise<DaemonStatus>;
  shutdown(): Promise<void>;
}
