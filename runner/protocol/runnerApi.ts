import type { Muting, WindowState } from './attention.ts';
import type { CostReport } from './cost.ts';
import type { IssueCounts, IssuePage } from './issuePages.ts';
import type {
  Agent,
  AgentRequest,
  AgentTranscript,
  AnswerResult,
  AttachTarget,
  DaemonStatus,
  DestroyResult,
  DoctorReport,
  Explanation,
  HookItem,
  IssueDetails,
  Overview,
  Project,
  StartPlan,
  TellPreview,
  TellResult,
  TranscriptMatches,
  Workspace,
} from './models.ts';
import type {
  AgentFindParams,
  AgentListParams,
  AgentLog,
  AgentLogParams,
  AgentStartParams,
  AgentTellParams,
  AgentTranscriptParams,
  CostParams,
  HookCheckParams,
  HookDropParams,
  HookPushParams,
  IssueCloseParams,
  IssueCreateParams,
  IssueEditParams,
  IssueFilter,
  IssueListParams,
  IssueListResult,
  IssuePageParams,
  IssueParams,
  IssueSearchParams,
  MailDropParams,
  ProjectAddParams,
  RequestAnswerParams,
  RequestListParams,
  WorkspaceChangesParams,
  WorkspaceDestroyParams,
  WorkspaceFileParams,
  WorkspaceRestoreParams,
} from './requests.ts';
import type { MailItem, RuntimeList } from './runtimeChoice.ts';
import type { BaseFile, Rescue, RestoreResult, WorkspaceChanges } from './workspaceModels.ts';

/** As much of an AbortSignal as is used: the contract knows neither Node nor the DOM. */
export interface Cancellation {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

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
    counts(params: IssueFilter): Promise<IssueCounts>;
    page(params: IssuePageParams): Promise<IssuePage>;
    search(params: IssueSearchParams): Promise<IssuePage>;
    show(params: IssueParams): Promise<IssueDetails>;
    edit(params: IssueEditParams): Promise<IssueDetails>;
    close(params: IssueCloseParams): Promise<IssueDetails>;
  };
  workspaces: {
    create(params: IssueParams): Promise<Workspace>;
    list(params: { project?: string | undefined }): Promise<Workspace[]>;
    destroy(params: WorkspaceDestroyParams): Promise<DestroyResult>;
    changes(params: WorkspaceChangesParams): Promise<WorkspaceChanges>;
    /** A file as the base has it. */
    file(params: WorkspaceFileParams): Promise<BaseFile>;
    /** Newest first. */
    rescues(params: { project?: string | undefined }): Promise<Rescue[]>;
    /** Takes a destroy back: the workspace on its branch, with the kept files in it. */
    restore(params: WorkspaceRestoreParams): Promise<RestoreResult>;
  };
  agents: {
    /** What `start` would do, without doing it. */
    plan(params: AgentStartParams): Promise<StartPlan>;
    /**
     * An abort takes effect at the next phase; rejects with `canceled` then. A workspace that is being made is taken back.
     */
    start(params: AgentStartParams, onProgress?: (phase: string) => void, signal?: Cancellation): Promise<Agent>;
    list(params?: AgentListParams): Promise<Agent[]>;
    tell(params: AgentTellParams): Promise<TellResult>;
    /** What `tell` would do with a message now. */
    tellPreview(params: IssueParams): Promise<TellPreview>;
    /** Messages that wait, and those of late, oldest first. */
    mail(params: IssueParams): Promise<MailItem[]>;
    /** Takes back a message that waits. */
    dropMail(params: MailDropParams): Promise<MailItem>;
    kill(params: IssueParams): Promise<Agent>;
    resume(params: IssueParams): Promise<Agent>;
    done(params: IssueParams): Promise<Agent>;
    why(params: IssueParams): Promise<Explanation>;
    log(params: AgentLogParams): Promise<AgentLog>;
    /** The conversation, as the tool wrote it down. */
    transcript(params: AgentTranscriptParams): Promise<AgentTranscript>;
    /** Looks for text in the conversation, a part of it at a time. */
    findInTranscript(params: AgentFindParams): Promise<TranscriptMatches>;
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
    check(params: HookCheckParams): Promise<HookItem[]>;
    /** Takes back an item that no agent has taken. */
    drop(params: HookDropParams): Promise<HookItem>;
  };
  runtimes: {
    /** What the issue's agent can be started with. */
    list(params: IssueParams): Promise<RuntimeList>;
  };
  attention: {
    /** A window of an editor says how it is; it counts until its connection ends. */
    window(params: WindowState): Promise<null>;
    muting(): Promise<Muting>;
    mute(params: Muting): Promise<Muting>;
  };
  doctor(): Promise<DoctorReport>;
  overview(): Promise<Overview>;
}

/** What the daemon adds to the runner: itself. */
export interface DaemonApi {
  status(): Promise<DaemonStatus>;
  /** A pinned daemon does not end by itself. */
  pin(params: { pinned: boolean }): Promise<DaemonStatus>;
  shutdown(): Promise<void>;
}
