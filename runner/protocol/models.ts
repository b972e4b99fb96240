import type {
  AgentStatus,
  HookItemState,
  IssueState,
  PermissionMode,
  Priority,
  TellOutcome,
  WorkspaceState,
} from './enumerations.ts';
import type { AgentId, IssueId } from './issueId.ts';

/** All times are ISO 8601 in UTC. */
export type Time = string;

/** A registered git repository. */
export interface Project {
  name: string;
  /** Absolute path of the main checkout. */
  path: string;
  /** Upper case, unique on the machine: `MIN` in `MIN-123`. */
  prefix: string;
  tracker: string;
  defaultBranch: string;
  addedAt: Time;
}

export interface Issue {
  id: IssueId;
  title: string;
  state: IssueState;
  labels: string[];
  priority: Priority;
  tracker: string;
  /** Where people read it; for the local tracker a file: address. */
  url: string;
  /** Name of its project. */
  project: string;
}

export interface IssueDetails extends Issue {
  body: string;
  createdAt: Time | null;
  updatedAt: Time | null;
}

/** A file that should be an issue and cannot be read as one. It is listed, never dropped and never overwritten. */
export interface BrokenIssue {
  id: IssueId;
  project: string;
  path: string;
  reason: string;
}

export interface Workspace {
  issueId: IssueId;
  path: string;
  branch: string;
  project: string;
  state: WorkspaceState;
  /** Commits on the branch that the base lacks. */
  ahead: number;
  /** Commits on the base that the branch lacks. */
  behind: number;
  /** Modified, deleted and untracked files; files the runner owns are not counted. */
  changedFiles: number;
  agent: AgentId | null;
}

export interface Agent {
  id: AgentId;
  issueId: IssueId;
  title: string;
  project: string;
  node: string;
  runtime: string;
  model: string | null;
  mode: PermissionMode;
  status: AgentStatus;
  /** One line that says why the status is what it is. */
  reason: string;
  /** When the agent entered the status. */
  since: Time;
  workspace: string;
  branch: string;
  sessionId: string | null;
  /** Raised at every start; whoever changes the agent's state names it. */
  fence: number;
  /** Items on its hook that are not done. */
  hookItems: number;
  /** Process id of the pane's leader on `node`, while it lives. */
  pid: number | null;
}

export interface HookItem {
  /** ULID made by whoever pushed it; pushing the same id twice is one item. */
  id: string;
  type: string;
  priority: Priority;
  state: HookItemState;
  source: string;
  text: string;
  createdAt: Time;
}

export interface TellResult {
  outcome: TellOutcome;
  /** One sentence: the proof of delivery, or why not. */
  detail: string;
  /** Milliseconds from the paste to its receipt, when delivered. */
  tookMs: number | null;
}

/** One dated observation about an agent, as `why` shows it. */
export interface EvidenceLine {
  at: Time;
  source: 'hook' | 'tmux' | 'process' | 'transcript' | 'user' | 'verdict';
  text: string;
}

export interface Explanation {
  agent: Agent;
  /** Newest first; the first line is the verdict. */
  evidence: EvidenceLine[];
  ruledOut: string[];
  next: string | null;
}

/** How to look at an agent's terminal. More kinds follow; a client that does not know one says so. */
export interface AttachTarget {
  kind: 'tmux';
  node: string;
  /** The program and its arguments; run as they are, without a shell. */
  argv: string[];
}

export interface DaemonStatus {
  running: boolean;
  pid: number | null;
  version: string | null;
  protocolVersion: string | null;
  socket: string | null;
  startedAt: Time | null;
  /** Connected clients, the asking one included. */
  clients: number;
  /** Kept running by `pan up`, also when nothing happens. */
  pinned: boolean;
}

/** What the machine looks like in one glance (`pan status`). */
export interface Overview {
  agents: Agent[];
  projects: number;
  workspaces: { total: number; needRepair: IssueId[] };
}

export interface DoctorCheck {
  name: string;
  status: 'ok' | 'warning' | 'missing' | 'optional';
  version: string | null;
  why: string;
  fix: string | null;
}

export interface DoctorReport {
  ok: boolean;
  checks: DoctorCheck[];
}

/** What `work issue --dry-run` would do. */
export interface StartPlan {
  issueId: IssueId;
  project: string;
  workspace: string;
  branch: string;
  createsWorkspace: boolean;
  runtime: string;
  model: string | null;
  mode: PermissionMode;
  argv: string[];
  prompt: string;
}

/** What destroying a workspace would take away, and what was kept. */
export interface DestroyResult {
  issueId: IssueId;
  path: string;
  branch: string;
  /** The ref that holds everything as it was, when there was work to keep. */
  rescueRef: string | null;
}

/** What `pan init` made and what was there already (absolute paths). */
export interface InitReport {
  home: string;
  created: string[];
  kept: string[];
}
