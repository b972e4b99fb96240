import type { UsageToday } from './cost.ts';
import type {
  AgentStatus,
  HookItemState,
  IssueState,
  PermissionMode,
  Priority,
  RequestKind,
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
  updatedAt: Time | null;
}

export interface IssueDetails extends Issue {
  body: string;
  createdAt: Time | null;
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
  /** Items that are queued on its hook. */
  hookItems: number;
  /** Process id of the pane's leader on `node`, while it lives. */
  pid: number | null;
  /** What it asks and waits for; null when it asks nothing, or nobody knows what. */
  ask: AgentAsk | null;
  /** Why it is parked; null when it is not. */
  parked: Parking | null;
  /** What hinders it, whatever it does; null when nothing does. */
  trouble: AgentTrouble | null;
}

/** Something that a person has to mend before an agent can work. */
export interface AgentTrouble {
  kind: 'workspaceMissing' | 'workspaceCorrupted';
  /** One sentence. */
  message: string;
  /** The command that mends it. */
  next: string;
}

/** The oldest open request of an agent, as far as a row or a notification shows it; `request/list` has the whole. */
export interface AgentAsk {
  requestId: string;
  kind: RequestKind;
  /** What is asked, in one line. */
  oneLine: string;
  /** As in AgentRequest: whether that line is all of it, so that it may be allowed at a glance. */
  brief: boolean;
  /** What can be answered from here; empty: only in the agent's terminal. */
  answers: AnswerKind[];
  /** Labels of the options of the only question; empty where there are several questions or none. */
  options: string[];
  since: Time;
}

/** `limit` ends by itself; `login` and `model` need a person. */
export interface Parking {
  cause: 'limit' | 'login' | 'model' | 'other';
  /** When it ends by itself, where that is known. */
  until: Time | null;
}

export interface HookItem {
  /** ULID made by whoever pushed it; pushing the same id twice is one item. */
  id: string;
  type: string;
  priority: Priority;
  state: HookItemState;
  /** Since when it is in that state. */
  since: Time;
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

/** What a message would do if it were told now. */
export interface TellPreview {
  /** `joins`: read within the turn that runs. `wakes`: begins a turn. `queues`: kept until the next safe moment. */
  effect: 'joins' | 'wakes' | 'queues' | 'sends';
  /** One sentence for a person. */
  detail: string;
}

/** Something that an agent asks and waits for. */
export interface AgentRequest {
  /** Names this request for as long as it is open; an answer that names another is refused. */
  id: string;
  agentId: AgentId;
  issueId: IssueId;
  title: string;
  runtime: string;
  kind: RequestKind;
  /** What is asked, in one line: `npm test`, `Edit src/limit.ts`, `Keep the BOM?`. */
  oneLine: string;
  /** The whole of what would be allowed is that line, short and without invisible characters: only then may it be allowed at a glance. */
  brief: boolean;
  /** The whole: the command, the proposed change, the plan; may have many lines. */
  text: string;
  /** The tool that would be used, in the words of the AI tool. */
  tool: string | null;
  cwd: string;
  /** What can be answered from here. */
  answers: AnswerKind[];
  /** Of a question: what is asked, one or several. */
  questions: RequestQuestion[];
  since: Time;
  /** How an answer reaches it: by the tool's own hook, by keys on the verified screen, or only by attaching. */
  answeredBy: 'hook' | 'keys' | 'attach';
}

export interface RequestQuestion {
  text: string;
  options: { label: string; description: string }[];
  multiple: boolean;
}

/** `session`: allow this and its like for the rest of the session. `text`: an answer in words; to a permission request it denies and says why. */
export type AnswerKind = 'allow' | 'session' | 'deny' | 'text';

export interface RequestAnswer {
  kind: AnswerKind;
  /** Of `text` the answers, one for each question; of `deny` the reason, if any. */
  texts: string[];
}

export interface AnswerResult {
  requestId: string;
  issueId: IssueId;
  /** One sentence: what was answered and how it is known. */
  detail: string;
  /** Milliseconds from the answer to the first sign that the agent goes on; null when none came in time. */
  tookMs: number | null;
}

/** One thing of a conversation that a reader wants to see. */
export interface TranscriptEntry {
  at: Time;
  kind: 'user' | 'agent' | 'tool' | 'result' | 'note';
  /** Of a tool: its name. */
  title: string;
  /** Plain text, without control characters; may have many lines. */
  text: string;
  /** Of a result: whether the tool failed. */
  failed: boolean;
  /** Said or done by a subagent. */
  aside: boolean;
  /** Where it stands in the transcript: no other entry of it has the same, and later ones have higher ones. */
  place: number;
}

export interface AgentTranscript {
  entries: TranscriptEntry[];
  /** Where the next question goes on. */
  cursor: string;
  /** Where a question for older entries goes on; null when there are none. */
  start: string | null;
  /** Older entries exist that are not in this answer. */
  more: boolean;
}

/** An entry of a conversation that holds what was looked for. */
export interface TranscriptMatch {
  /** Its `place`. */
  place: number;
  /** How often it holds it. */
  matches: number;
}

export interface TranscriptMatches {
  /** Newest first. A page may have none and still have a `start`. */
  found: TranscriptMatch[];
  /** Where a question about what was said since goes on. */
  cursor: string;
  /** Where a question about what is older goes on; null when all was looked at. */
  start: string | null;
  /** The conversation is in another file now: what earlier answers found is not in it. */
  isAnew: boolean;
}

/** One dated observation about an agent, as `why` shows it. */
export interface EvidenceLine {
  at: Time;
  source: 'hook' | 'tmux' | 'process' | 'transcript' | 'session' | 'user' | 'verdict';
  text: string;
  /** Where it can be looked up: `events.jsonl`, a file of the tool. */
  from?: string;
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
  /** What all agents used; null where it is not counted. */
  usage: UsageToday | null;
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
  /** The mode is bypass, and nobody has allowed it in the project yet: the start will be refused without a yes. */
  needsYes: boolean;
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
