import type {
  Agent,
  AttachTarget,
  BrokenIssue,
  DaemonStatus,
  DestroyResult,
  DoctorCheck,
  EvidenceLine,
  HookItem,
  IssueDetails,
  Project,
  StartPlan,
  TellResult,
  Workspace,
} from '../protocol/models.ts';

type Fields<T> = Record<keyof T, string>;

const agent: Fields<Agent> = {
  id: 'agent-min-123',
  issueId: 'MIN-123',
  title: "the issue's title",
  project: "its project's name",
  node: 'the machine, `local`',
  runtime: 'the AI tool',
  model: 'string or null',
  mode: 'plan, ask, auto, bypass',
  status: 'starting, working, waiting, idle, stuck, crashed, parked, stopped, done, unknown, unreadable',
  reason: 'one line: why the status is what it is',
  since: 'when it entered the status',
  workspace: 'path of its workspace',
  branch: 'its branch',
  sessionId: "the tool's own session id, or null",
  fence: 'a counter raised at every start',
  hookItems: 'items on its hook that are not done',
  pid: 'process id while it lives, or null',
};

const issue: Fields<IssueDetails> = {
  id: 'MIN-123',
  title: 'one line',
  state: 'backlog, todo, planning, in_progress, in_review, done, canceled',
  labels: 'list of strings',
  priority: 'urgent, high, normal, low',
  tracker: 'where it lives: local, github, ...',
  url: 'where people read it',
  project: "its project's name",
  body: 'Markdown; not in lists',
  createdAt: 'time or null; not in lists',
  updatedAt: 'time or null; not in lists',
};

const brokenIssue: Fields<BrokenIssue> = {
  id: 'MIN-123',
  project: "its project's name",
  path: 'the file that cannot be read as an issue',
  reason: 'why not',
};

const workspace: Fields<Workspace> = {
  issueId: 'MIN-123',
  path: 'absolute path',
  branch: 'feature/min-123',
  project: "its project's name",
  state: 'ok, creating, setupFailed, missing, corrupted, orphan, locked',
  ahead: 'commits that the base lacks',
  behind: 'commits of the base that it lacks',
  changedFiles: 'number of modified, deleted and untracked files',
  agent: 'id of its agent, or null',
};

const hookItem: Fields<HookItem> = {
  id: 'ULID, made by whoever pushed it',
  type: 'what kind of work',
  priority: 'urgent, high, normal, low',
  state: 'queued, handed, taken, done, expired',
  source: 'who pushed it',
  text: 'the work',
  createdAt: 'time',
};

const project: Fields<Project> = {
  name: 'unique on the machine',
  path: 'absolute path of the main checkout',
  prefix: 'of its issue ids: MIN',
  tracker: 'where its issues live',
  defaultBranch: 'the branch that workspaces start from',
  addedAt: 'time',
};

const daemonStatus: Fields<DaemonStatus> = {
  running: 'true or false; the rest is null or 0 when false',
  pid: 'process id',
  version: 'of Panopticon',
  protocolVersion: 'major.minor',
  socket: 'path of its socket',
  startedAt: 'time',
  clients: 'connections, this one included',
  pinned: 'whether pan up keeps it',
};

const evidence: Fields<EvidenceLine> = {
  at: 'time',
  source: 'hook, tmux, process, transcript, user, verdict',
  text: 'what was seen',
};

const doctorCheck: Fields<DoctorCheck> = {
  name: 'what was looked for',
  status: 'ok, warning, missing, optional',
  version: 'what was found, or null',
  why: 'what it is needed for',
  fix: 'the command to type, or null',
};

const startPlan: Fields<StartPlan> = {
  issueId: 'MIN-123',
  project: "its project's name",
  workspace: 'path',
  branch: 'name',
  createsWorkspace: 'false when the workspace is there already',
  runtime: 'the AI tool',
  model: 'string or null',
  mode: 'plan, ask, auto, bypass',
  argv: 'the program and its arguments',
  prompt: 'the first prompt',
};

const tellResult: Fields<TellResult> = {
  outcome: 'delivered, queued, sent (this runtime cannot confirm), failed',
  detail: 'one sentence: the proof, or why not',
  tookMs: 'milliseconds to the receipt, or null',
};

const destroyResult: Fields<DestroyResult> = {
  issueId: 'MIN-123',
  path: 'what was removed',
  branch: 'its branch',
  rescueRef: 'the ref that holds everything as it was, or null',
};

const attachTarget: Fields<AttachTarget> = {
  kind: 'tmux',
  node: 'the machine',
  argv: 'the program and its arguments, to be run without a shell',
};

/**
 * The objects that occur in the documents below: field -> what it holds.
 * @public for docs/cli.md, which .ci/docs.mjs writes.
 */
export const jsonModels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Agent: agent,
  Issue: issue,
  BrokenIssue: brokenIssue,
  Workspace: workspace,
  HookItem: hookItem,
  Project: project,
  DaemonStatus: daemonStatus,
  TellResult: tellResult,
  DestroyResult: destroyResult,
  StartPlan: startPlan,
  AttachTarget: attachTarget,
  EvidenceLine: evidence,
  DoctorCheck: doctorCheck,
};

/** What `--json` prints, by the name that a command gives in `json`. */
export const jsonDocuments = {
  agent: '{"agent": Agent}',
  agentOrPlan: '{"agent": Agent}, with --dry-run {"plan": StartPlan}',
  agents: '{"agents": [Agent]}',
  attachTarget: 'AttachTarget',
  daemonStatus: 'DaemonStatus',
  destroyResult: 'DestroyResult',
  doctor: '{"ok": boolean, "checks": [DoctorCheck]}',
  explanation: '{"agent": Agent, "evidence": [EvidenceLine], "ruledOut": [string], "next": string or null}',
  hookItem: '{"item": HookItem}',
  hookItems: '{"items": [HookItem]}',
  init: '{"home": path, "created": [path], "kept": [path]}',
  issue: '{"issue": Issue}',
  issues: '{"issues": [Issue]}, and "broken": [BrokenIssue] when there are any',
  log: '{"text": string, "source": "screen" or "kept"}',
  daemonLog: '{"path": path, "lines": [string]}',
  project: '{"project": Project}',
  projects: '{"projects": [Project]}',
  status:
    '{"daemon": DaemonStatus, "agents": [Agent], "projects": number, ' +
    '"workspaces": {"total": number, "needRepair": [issue id]}}',
  tellResult: 'TellResult',
  workspace: '{"workspace": Workspace}',
  workspaces: '{"workspaces": [Workspace]}',
} as const;

export type JsonDocumentName = keyof typeof jsonDocuments;
