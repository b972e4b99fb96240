import { NotificationType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { Muting, Notice, WindowState } from './attention.ts';
import type { CostReport } from './cost.ts';
import type { IssueState, PermissionMode, Priority } from './enumerations.ts';
import type { UserErrorData } from './errors.ts';
import type { AgentId } from './issueId.ts';
import type { IssueCounts, IssuePage } from './issuePages.ts';
import type {
  Agent,
  AgentRequest,
  AgentTranscript,
  AnswerKind,
  AnswerResult,
  AttachTarget,
  BrokenIssue,
  DaemonStatus,
  DestroyResult,
  DoctorReport,
  Explanation,
  HookItem,
  Issue,
  IssueDetails,
  Overview,
  Project,
  StartPlan,
  TellPreview,
  TellResult,
  TranscriptMatches,
  Workspace,
} from './models.ts';
import type { MailItem, RuntimeList } from './runtimeChoice.ts';
import type { BaseFile, Rescue, RestoreResult, WorkspaceChanges } from './workspaceModels.ts';

/**
 * `major.minor` of this contract. Clients and daemons with the same major understand each other; a daemon with an
 * older version is asked to shut down and is replaced, one with a newer major makes the client say "update".
 */
export const protocolVersion = '1.2';

export interface InitializeParams {
  protocolVersion: string;
  client: {
    name: string;
    version: string;
    /** The client's process id: the daemon looks up its ancestry to tell people from agents. */
    pid: number;
    /** PAN_AGENT_ID of the client's environment. */
    agentId: string | null;
  };
}

export interface InitializeResult {
  protocolVersion: string;
  version: string;
  pid: number;
}

export interface ProjectAddParams {
  /** Absolute path of the repository or of a folder in it. */
  path: string;
  name?: string | undefined;
  prefix?: string | undefined;
}

/** Where a request comes from, for finding the project that is meant. */
export interface Place {
  /** A project's name. */
  project?: string | undefined;
  /** The caller's working directory; its project is meant when none is named. */
  cwd?: string | undefined;
}

export interface IssueFields {
  title?: string | undefined;
  body?: string | undefined;
  labels?: string[] | undefined;
  priority?: Priority | undefined;
  state?: IssueState | undefined;
}

export interface IssueCreateParams extends Place, IssueFields {
  title: string;
}

export interface IssueListParams {
  project?: string | undefined;
  /** Only these states; by default all that are not done or canceled. */
  states?: IssueState[] | undefined;
}

export interface IssueListResult {
  issues: Issue[];
  broken: BrokenIssue[];
}

/** Which issues are meant; what is left out does not restrict. */
export interface IssueFilter {
  project?: string | undefined;
  states?: IssueState[] | undefined;
  /** With all of these labels. */
  labels?: string[] | undefined;
}

export interface IssuePageParams extends IssueFilter {
  project: string;
  state: IssueState;
  /** How many to pass over. */
  offset: number;
  limit: number;
}

export interface IssueSearchParams extends IssueFilter {
  /** Words that occur in id, title or labels, in any order and case; empty: the latest changed. */
  text: string;
  limit: number;
}

export interface IssueParams {
  /** `MIN-123`, `min-123` or `agent-min-123`, as typed. */
  id: string;
}

export interface IssueEditParams extends IssueParams, IssueFields {}

export interface IssueCloseParams extends IssueParams {
  as?: 'done' | 'canceled' | undefined;
}

export interface WorkspaceDestroyParams extends IssueParams {
  force?: boolean | undefined;
}

export interface WorkspaceFileParams extends IssueParams {
  /** Relative to the workspace, with `/`, as in ChangedFile; of a renamed one its `from`. */
  path: string;
  /** The commit of the `base` that it was told with. */
  commit: string;
}

export interface WorkspaceChangesParams extends IssueParams {
  /** `mergeBase` (unless said): the commit where the branch left its base; `defaultBranch`: the base as it is now. */
  against?: 'mergeBase' | 'defaultBranch' | undefined;
}

export interface WorkspaceRestoreParams extends IssueParams {
  /** The rescue that is meant; by default the issue's latest. */
  ref?: string | undefined;
}

export interface AgentListParams {
  /** Only these; by default all. Those that do not exist are left out. */
  ids?: AgentId[] | undefined;
}

export interface AgentStartParams extends IssueParams {
  runtime?: string | undefined;
  model?: string | undefined;
  mode?: PermissionMode | undefined;
  /** The person said yes to the mode `bypass` in this project; remembered for the project. */
  allowBypass?: boolean | undefined;
  /** Names this request in `progress/didAdvance` notifications to the same client. */
  progressToken?: string | undefined;
}

export interface AgentTellParams extends IssueParams {
  text: string;
}

export interface AgentTranscriptParams extends IssueParams {
  /** Where to go on: the `cursor` of an earlier answer. Without it the last entries are meant. */
  after?: string | undefined;
  /** What came before: the `start` of an earlier answer. Not together with `after`. */
  before?: string | undefined;
  /** The entry of this place and what follows it. Not together with `after` and `before`. */
  at?: number | undefined;
  /** Most entries wanted. */
  limit: number;
}

export interface AgentFindParams extends IssueParams {
  /** As it is read, in capitals or not: no pattern. At most 200 characters, on one line. */
  text: string;
  /** What came before: the `start` of an earlier answer. */
  before?: string | undefined;
  /** Only what was said since: the `cursor` of an earlier answer. */
  after?: string | undefined;
}

export interface RequestListParams {
  /** Only those of one agent. */
  id?: string | undefined;
}

export interface RequestAnswerParams extends IssueParams {
  /** The request that the person saw, or the beginning of its id (4 characters or more); else the only open one. */
  requestId?: string | undefined;
  answer: AnswerKind;
  /** Of `text` the answers, one a question; of `deny` the reason. */
  texts?: string[] | undefined;
  /** The answers are labels and words as they stand; else `2` is the second option, and case does not matter. */
  exact?: boolean | undefined;
}

export interface CostParams {
  /** Only this issue's agent: `MIN-123` or `agent-min-123`. */
  id?: string | undefined;
  /** Only what was used at this time or later. */
  since?: string | undefined;
}

export interface AgentLogParams extends IssueParams {
  /** How many lines of the end are wanted. */
  lines: number;
}

export interface AgentLog {
  /** Plain text without control sequences. */
  text: string;
  /** Where it comes from: the live screen or what was kept when the agent ended. */
  source: 'screen' | 'kept';
}

export interface HookPushParams extends IssueParams {
  /** ULID made by the pusher. */
  itemId: string;
  text: string;
  type?: string | undefined;
  priority?: Priority | undefined;
  source?: string | undefined;
}

export interface HookCheckParams extends IssueParams {
  /** With the last twenty that are done, after the others. */
  withDone?: boolean | undefined;
}

export interface HookDropParams extends IssueParams {
  itemId: string;
}

export interface MailDropParams extends IssueParams {
  mailId: string;
}

/** What went stale; clients refetch it. `ids` empty means: everything in the scope. */
export interface DidChangeParams {
  scope: 'agents' | 'transcripts' | 'issues' | 'workspaces' | 'projects' | 'hooks' | 'mail' | 'attention' | 'daemon';
  ids: string[];
}

export interface ProgressParams {
  token: string;
  /** What begins now, in the present: `creating workspace`. */
  phase: string;
}

/** Names a request by its `progressToken`; it is given up at its next step. */
export interface CancelParams {
  token: string;
}

/** Agents whose age reads differently now (`<1m`, `1m`..`9m`, tens of minutes, hours). */
export interface AgeParams {
  agents: AgentId[];
}

type Request<P, R> = RequestType<P, R, UserErrorData>;
type Request0<R> = RequestType0<R, UserErrorData>;

const request = <P, R>(method: string): Request<P, R> => new RequestType<P, R, UserErrorData>(method);
const request0 = <R>(method: string): Request0<R> => new RequestType0<R, UserErrorData>(method);

export const initialize = request<InitializeParams, InitializeResult>('initialize');

export const daemonStatus = request0<DaemonStatus>('daemon/status');
export const daemonPin = request<{ pinned: boolean }, DaemonStatus>('daemon/pin');
export const daemonShutdown = request0<null>('daemon/shutdown');
export const overviewGet = request0<Overview>('overview/get');

export const projectAdd = request<ProjectAddParams, Project>('project/add');
export const projectList = request0<Project[]>('project/list');
export const projectRemove = request<{ name: string }, Project>('project/remove');

export const issueCreate = request<IssueCreateParams, IssueDetails>('issue/create');
export const issueList = request<IssueListParams, IssueListResult>('issue/list');
export const issueCounts = request<IssueFilter, IssueCounts>('issue/counts');
export const issuePage = request<IssuePageParams, IssuePage>('issue/page');
export const issueSearch = request<IssueSearchParams, IssuePage>('issue/search');
export const issueShow = request<IssueParams, IssueDetails>('issue/show');
export const issueEdit = request<IssueEditParams, IssueDetails>('issue/edit');
export const issueClose = request<IssueCloseParams, IssueDetails>('issue/close');

export const workspaceCreate = request<IssueParams, Workspace>('workspace/create');
export const workspaceList = request<{ project?: string | undefined }, Workspace[]>('workspace/list');
export const workspaceDestroy = request<WorkspaceDestroyParams, DestroyResult>('workspace/destroy');
export const workspaceChanges = request<WorkspaceChangesParams, WorkspaceChanges>('workspace/changes');
export const workspaceFile = request<WorkspaceFileParams, BaseFile>('workspace/file');
export const workspaceRescues = request<{ project?: string | undefined }, Rescue[]>('workspace/rescues');
export const workspaceRestore = request<WorkspaceRestoreParams, RestoreResult>('workspace/restore');

export const agentPlan = request<AgentStartParams, StartPlan>('agent/plan');
export const agentStart = request<AgentStartParams, Agent>('agent/start');
export const agentList = request<AgentListParams, Agent[]>('agent/list');
export const agentTell = request<AgentTellParams, TellResult>('agent/tell');
export const agentTellPreview = request<IssueParams, TellPreview>('agent/tellPreview');
export const agentMail = request<IssueParams, MailItem[]>('agent/mail');
export const agentDropMail = request<MailDropParams, MailItem>('agent/dropMail');
export const agentKill = request<IssueParams, Agent>('agent/kill');
export const agentResume = request<IssueParams, Agent>('agent/resume');
export const agentDone = request<IssueParams, Agent>('agent/done');
export const agentWhy = request<IssueParams, Explanation>('agent/why');
export const agentLog = request<AgentLogParams, AgentLog>('agent/log');
export const agentTranscript = request<AgentTranscriptParams, AgentTranscript>('agent/transcript');
export const agentFindInTranscript = request<AgentFindParams, TranscriptMatches>('agent/findInTranscript');
export const agentAttachTarget = request<IssueParams, AttachTarget>('agent/attachTarget');

export const requestList = request<RequestListParams, AgentRequest[]>('request/list');
export const requestAnswer = request<RequestAnswerParams, AnswerResult>('request/answer');

export const costReport = request<CostParams, CostReport>('cost/report');

export const hookPush = request<HookPushParams, HookItem>('hook/push');
export const hookCheck = request<HookCheckParams, HookItem[]>('hook/check');
export const hookDrop = request<HookDropParams, HookItem>('hook/drop');

export const runtimeList = request<IssueParams, RuntimeList>('runtime/list');
export const doctorRun = request0<DoctorReport>('doctor/run');

export const windowState = request<WindowState, null>('window/state');
export const attentionMuting = request0<Muting>('attention/muting');
export const attentionMute = request<Muting, Muting>('attention/mute');

export const stateDidChange = new NotificationType<DidChangeParams>('state/didChange');
export const progressDidAdvance = new NotificationType<ProgressParams>('progress/didAdvance');
export const progressCancel = new NotificationType<CancelParams>('progress/cancel');
export const agentsDidAge = new NotificationType<AgeParams>('agents/didAge');
export const attentionPresent = new NotificationType<Notice>('attention/present');
