import type { CostLine, Tokens } from '../protocol/cost.ts';
import type {
  Agent,
  AgentAsk,
  AgentRequest,
  AgentTranscript,
  AgentTrouble,
  AnswerResult,
  AttachTarget,
  BrokenIssue,
  DaemonStatus,
  DestroyResult,
  DoctorCheck,
  EvidenceLine,
  HookItem,
  IssueDetails,
  Parking,
  Project,
  RequestQuestion,
  StartPlan,
  TellPreview,
  TellResult,
  TranscriptEntry,
  Workspace,
} from '../protocol/models.ts';
import type { MailItem } from '../protocol/runtimeChoice.ts';
import type { Rescue, RestoreResult } from '../protocol/workspaceModels.ts';

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
  hookItems: 'items that are queued on its hook',
  pid: 'process id while it lives, or null',
  ask: 'what it asks first (an AgentAsk), or null',
  parked: 'why it is parked (a Parking), or null',
  trouble: 'what hinders it (an AgentTrouble), or null',
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
  updatedAt: 'when it was changed last, or null',
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
  since: 'time since when it is in that state',
  source: 'who pushed it',
  text: 'the work',
  createdAt: 'time',
};

const agentAsk: Fields<AgentAsk> = {
  requestId: 'names the request, as in request/list',
  kind: 'permission, question, plan',
  oneLine: 'what is asked, in one line',
  brief: 'whether that line is the whole command and shows everything',
  answers: 'what can be answered from here: allow, session, deny, text',
  options: 'the options of its only question',
  since: 'time',
};

const parking: Fields<Parking> = {
  cause: 'limit, login, model, other',
  until: 'when it ends by itself, or null',
};

const agentTrouble: Fields<AgentTrouble> = {
  kind: 'workspaceMissing, workspaceCorrupted',
  message: 'one sentence',
  next: 'the command that mends it',
};

const mailItem: Fields<MailItem> = {
  id: 'names the message',
  text: 'what was told',
  state: 'queued, typed (its tool has it), delivered, sent (this runtime gives no receipt), unconfirmed',
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
  source: 'hook, tmux, process, transcript, session, user, verdict',
  text: 'what was seen',
  from: 'where it can be looked up; left out where nowhere',
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
  needsYes: 'true when bypass has to be allowed in the project first',
  argv: 'the program and its arguments',
  prompt: 'the first prompt',
};

const tellPreview: Fields<TellPreview> = {
  effect: 'joins (the turn that runs), wakes (begins one), queues (until it can read), sends (cannot be confirmed)',
  detail: 'one sentence',
};

const tellResult: Fields<TellResult> = {
  outcome: 'delivered, queued, sent (this runtime gives no receipt), failed',
  detail: 'one sentence: the proof, or why not',
  tookMs: 'milliseconds to the receipt, or null',
};

const agentRequest: Fields<AgentRequest> = {
  id: 'names the request as long as it is open',
  agentId: 'id of the agent that asks',
  issueId: 'MIN-123',
  title: 'of its issue',
  runtime: 'the AI tool',
  kind: 'permission, question, plan',
  oneLine: 'what is asked, in one line',
  brief: 'whether that line is the whole command and shows everything',
  text: 'the whole: the command, the change, the plan',
  tool: 'what would be used, or null',
  cwd: 'where',
  answers: 'what can be answered from here: allow, session, deny, text',
  questions: 'list of RequestQuestion',
  since: 'time',
  answeredBy: 'hook, keys, attach',
};

const requestQuestion: Fields<RequestQuestion> = {
  text: 'what is asked',
  options: 'list of {"label": string, "description": string}',
  multiple: 'whether several may be chosen',
};

const answerResult: Fields<AnswerResult> = {
  requestId: 'the request that was answered',
  issueId: 'MIN-123',
  detail: 'one sentence: what was answered',
  tookMs: 'milliseconds until the agent went on; null when that was not seen within 3 s',
};

const destroyResult: Fields<DestroyResult> = {
  issueId: 'MIN-123',
  path: 'what was removed',
  branch: 'its branch',
  rescueRef: 'the ref that holds everything as it was, or null',
};

const rescue: Fields<Rescue> = {
  ref: 'names it: a ref of the repository',
  issueId: 'MIN-123',
  project: "its project's name",
  at: 'time',
  files: 'number of files that were not committed',
};

const restoreResult: Fields<RestoreResult> = {
  rescue: 'Rescue; it stays',
  workspace: 'Workspace, with the files in it',
};

const attachTarget: Fields<AttachTarget> = {
  kind: 'tmux',
  node: 'the machine',
  argv: 'the program and its arguments, to be run without a shell',
};

const agentTranscript: Fields<AgentTranscript> = {
  entries: 'list of TranscriptEntry, oldest first',
  cursor: 'where a later question goes on',
  start: 'where a question for older entries goes on, or null',
  more: 'whether there are older entries',
};

const transcriptEntry: Fields<TranscriptEntry> = {
  at: 'time',
  kind: 'user, agent, tool, result, note',
  title: 'of a tool: its name',
  text: 'what was said or done; may have many lines',
  failed: 'of a result: whether the tool failed',
  aside: 'said or done by a subagent',
  place: 'where it stands in the transcript; later ones have higher ones',
};

const costLine: Fields<CostLine> = {
  tokens: 'Tokens',
  totalTokens: 'all of them together',
  dollars: "at list prices; null when a model's price is not known",
};

const tokens: Fields<Tokens> = {
  input: 'without what came from or went to a cache',
  output: 'number',
  cacheRead: 'number',
  cacheWrite: 'to a cache that lasts minutes',
  cacheWriteLong: 'to a cache that lasts an hour',
};

/**
 * The objects that occur in the documents below: field -> what it holds.
 * @public for docs/cli.md, which .ci/docs.mjs writes.
 */
export const jsonModels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Agent: agent,
  AgentAsk: agentAsk,
  Parking: parking,
  AgentTrouble: agentTrouble,
  Issue: issue,
  BrokenIssue: brokenIssue,
  Workspace: workspace,
  HookItem: hookItem,
  MailItem: mailItem,
  Project: project,
  DaemonStatus: daemonStatus,
  TellResult: tellResult,
  TellPreview: tellPreview,
  AgentRequest: agentRequest,
  RequestQuestion: requestQuestion,
  AnswerResult: answerResult,
  DestroyResult: destroyResult,
  Rescue: rescue,
  RestoreResult: restoreResult,
  StartPlan: startPlan,
  AttachTarget: attachTarget,
  EvidenceLine: evidence,
  DoctorCheck: doctorCheck,
  AgentTranscript: agentTranscript,
  TranscriptEntry: transcriptEntry,
  CostLine: costLine,
  Tokens: tokens,
};

/** What `--json` prints, by the name that a command gives in `json`. */
export const jsonDocuments = {
  agent: '{"agent": Agent}',
  agentOrPlan: '{"agent": Agent}, with --dry-run {"plan": StartPlan}',
  agents: '{"agents": [Agent]}',
  answerResult: 'AnswerResult',
  attachTarget: 'AttachTarget',
  cost:
    '{"total": CostLine, "byAgent": [CostLine and "agentId", "issueId", "title"], "byModel": [CostLine and "model"], ' +
    '"byDay": [CostLine and "day"], "pricesOf": date, "unpriced": [model]}',
  daemonStatus: 'DaemonStatus',
  destroyResult: 'DestroyResult',
  doctor: '{"ok": boolean, "checks": [DoctorCheck]}',
  explanation: '{"agent": Agent, "evidence": [EvidenceLine], "ruledOut": [string], "next": string or null}',
  hookItem: '{"item": HookItem}',
  hookItems: '{"items": [HookItem]}',
  init: '{"home": path, "created": [path], "kept": [path]}',
  issue: '{"issue": Issue}',
  issues: '{"issues": [Issue]}, and "broken": [BrokenIssue] when there are any',
  log: 'AgentTranscript; of its terminal {"text": string, "source": "screen" or "kept"}',
  mail: '{"mail": [MailItem]}, with --drop {"dropped": MailItem}',
  daemonLog: '{"path": path, "lines": [string]}',
  muting: '{"until": time or "always" or null}',
  project: '{"project": Project}',
  projects: '{"projects": [Project]}',
  requests: '{"requests": [AgentRequest]}',
  rescues: '{"rescues": [Rescue]}',
  restoreResult: 'RestoreResult',
  status:
    '{"daemon": DaemonStatus, "agents": [Agent], "projects": number, ' +
    '"workspaces": {"total": number, "needRepair": [issue id]}, ' +
    '"usage": {"tokens": number, "dollars": number or null} of today, or null}',
  tellResult: 'TellResult, with --dry-run TellPreview',
  workspace: '{"workspace": Workspace}',
  workspaces: '{"workspaces": [Workspace]}',
} as const;

export type JsonDocumentName = keyof typeof jsonDocuments;
