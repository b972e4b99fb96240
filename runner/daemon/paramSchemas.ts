import {
  array,
  boolean,
  type GenericSchema,
  integer,
  maxLength,
  maxValue,
  minLength,
  minValue,
  nullable,
  number,
  object,
  optional,
  picklist,
  pipe,
  string,
} from 'valibot';
import { type Muting, osNotificationSettings, type WindowState } from '../protocol/attention.ts';
import { issueStates, permissionModes, priorities } from '../protocol/enumerations.ts';
import type * as requests from '../protocol/requests.ts';

/**
 * What comes over the socket is checked before core sees it. Fields that are not named here are dropped.
 * `satisfies` keeps each schema in step with the protocol's type.
 */
const text = optional(string());
const id = { id: string() };
const issueFields = {
  title: text,
  body: text,
  labels: optional(array(string())),
  priority: optional(picklist(priorities)),
  state: optional(picklist(issueStates)),
};

type Of<P> = GenericSchema<unknown, P>;

export const initializeParams = object({
  protocolVersion: string(),
  client: object({ name: string(), version: string(), pid: number(), agentId: nullable(string()) }),
}) satisfies Of<requests.InitializeParams>;

export const pinParams = object({ pinned: boolean() });
export const projectAddParams = object({
  path: string(),
  name: text,
  prefix: text,
}) satisfies Of<requests.ProjectAddParams>;
export const projectRemoveParams = object({ name: string() });
export const issueParams = object(id) satisfies Of<requests.IssueParams>;
export const issueCreateParams = object({
  ...issueFields,
  title: string(),
  project: text,
  cwd: text,
}) satisfies Of<requests.IssueCreateParams>;
export const issueListParams = object({
  project: text,
  states: optional(array(picklist(issueStates))),
}) satisfies Of<requests.IssueListParams>;
const issueFilterFields = {
  project: text,
  states: optional(array(picklist(issueStates))),
  labels: optional(array(string())),
};
const pageLimit = pipe(number(), integer(), minValue(1), maxValue(1_000));
export const issueFilter = object(issueFilterFields) satisfies Of<requests.IssueFilter>;
export const issuePageParams = object({
  ...issueFilterFields,
  project: string(),
  state: picklist(issueStates),
  offset: pipe(number(), integer(), minValue(0)),
  limit: pageLimit,
}) satisfies Of<requests.IssuePageParams>;
export const issueSearchParams = object({
  ...issueFilterFields,
  text: pipe(string(), maxLength(1_000)),
  limit: pageLimit,
}) satisfies Of<requests.IssueSearchParams>;
export const issueEditParams = object({ ...id, ...issueFields }) satisfies Of<requests.IssueEditParams>;
export const issueCloseParams = object({
  ...id,
  as: optional(picklist(['done', 'canceled'])),
}) satisfies Of<requests.IssueCloseParams>;
export const workspaceListParams = object({ project: text });
export const workspaceDestroyParams = object({
  ...id,
  force: optional(boolean()),
}) satisfies Of<requests.WorkspaceDestroyParams>;
export const workspaceChangesParams = object({
  ...id,
  against: optional(picklist(['mergeBase', 'defaultBranch'])),
}) satisfies Of<requests.WorkspaceChangesParams>;
export const workspaceFileParams = object({
  ...id,
  path: string(),
  commit: string(),
}) satisfies Of<requests.WorkspaceFileParams>;
export const workspaceRestoreParams = object({ ...id, ref: text }) satisfies Of<requests.WorkspaceRestoreParams>;
export const agentListParams = object({ ids: optional(array(string())) }) satisfies Of<requests.AgentListParams>;
export const agentStartParams = object({
  ...id,
  runtime: text,
  model: text,
  mode: optional(picklist(permissionModes)),
  allowBypass: optional(boolean()),
  progressToken: text,
}) satisfies Of<requests.AgentStartParams>;
export const agentTellParams = object({ ...id, text: string() }) satisfies Of<requests.AgentTellParams>;
export const mailDropParams = object({ ...id, mailId: string() }) satisfies Of<requests.MailDropParams>;
export const cancelParams = object({ token: string() }) satisfies Of<requests.CancelParams>;
export const agentLogParams = object({
  ...id,
  lines: pipe(number(), integer(), minValue(1)),
}) satisfies Of<requests.AgentLogParams>;
export const agentTranscriptParams = object({
  ...id,
  after: text,
  before: text,
  at: optional(pipe(number(), integer(), minValue(0))),
  limit: pipe(number(), integer(), minValue(1), maxValue(10_000)),
}) satisfies Of<requests.AgentTranscriptParams>;
export const agentFindParams = object({
  ...id,
  text: pipe(string(), minLength(1), maxLength(200)),
  before: text,
  after: text,
}) satisfies Of<requests.AgentFindParams>;
export const costParams = object({ id: text, since: text }) satisfies Of<requests.CostParams>;
export const requestListParams = object({ id: text }) satisfies Of<requests.RequestListParams>;
export const requestAnswerParams = object({
  ...id,
  requestId: text,
  answer: picklist(['allow', 'session', 'deny', 'text']),
  texts: optional(array(string())),
  exact: optional(boolean()),
}) satisfies Of<requests.RequestAnswerParams>;
export const hookPushParams = object({
  ...id,
  itemId: string(),
  text: string(),
  type: text,
  priority: optional(picklist(priorities)),
  source: text,
}) satisfies Of<requests.HookPushParams>;
export const hookCheckParams = object({
  ...id,
  withDone: optional(boolean()),
}) satisfies Of<requests.HookCheckParams>;
export const hookDropParams = object({ ...id, itemId: string() }) satisfies Of<requests.HookDropParams>;
const noticeSetting = picklist(['toast', 'statusBar', 'off']);
const waitSeconds = pipe(number(), minValue(0), maxValue(86_400));
export const windowStateParams = object({
  focused: boolean(),
  showsAgents: boolean(),
  lookingAt: array(string()),
  projects: array(string()),
  policy: object({
    kinds: object({
      permission: noticeSetting,
      question: noticeSetting,
      finished: noticeSetting,
      stuck: noticeSetting,
      crashed: noticeSetting,
      limit: noticeSetting,
    }),
    delaySeconds: waitSeconds,
    everySeconds: waitSeconds,
    quietHours: array(string()),
    osNotifications: optional(picklist(osNotificationSettings), 'off'),
  }),
}) satisfies Of<WindowState>;
export const mutingParams = object({ until: nullable(string()) }) satisfies Of<Muting>;
