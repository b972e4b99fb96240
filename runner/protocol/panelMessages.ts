import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { UserErrorData } from './errors.ts';
import type { AgentId, IssueId } from './issueId.ts';

/**
 * What crosses between a webview and its panel, as values of postMessage. A view asks with the methods of the runner
 * (the panel lets only those through that its view may use) and with those that stand below.
 */
export type ToPanel =
  | { kind: 'request'; id: number; method: string; params: unknown }
  /** The view has loaded and listens; `panel/show` and `panel/runner` follow. */
  | { kind: 'ready' };

export type ToView =
  | { kind: 'answer'; id: number; result?: unknown; error?: UserErrorData }
  | { kind: 'notification'; method: string; params: unknown };

export const agentTabs = ['live', 'why', 'changes', 'queue', 'context'] as const;
export type AgentTab = (typeof agentTabs)[number];

/** Where something is written in a view: to the agent, as work for its hook, in answer to a request. */
export type DraftPlace = 'message' | 'work' | `request ${string}`;

/** What was written in the view of one agent and not sent. What answers questions is JSON; empty text is none. */
export type AgentDrafts = Readonly<{ [Place in DraftPlace]?: string }>;

/** The agent that the view shows from now on. */
export interface ShownAgent {
  agentId: AgentId;
  issueId: IssueId;
  /** The tab that was asked for; null: the one that is open. */
  tab: AgentTab | null;
  /** Whether the panel stays with this agent. */
  pinned: boolean;
  /** A view that shows this agent already has newer ones. */
  drafts: AgentDrafts;
}

/** Whether the runner can be asked; where not, one sentence says why. */
export interface PanelRunner {
  isReady: boolean;
  /** It was stopped, and the act `startRunner` starts it. */
  canStart: boolean;
  reason: string;
}

/** What a view leaves to VS Code: terminals, editors, and what may ask back. */
export const panelActs = [
  'attach',
  'changes',
  'destroy',
  'file',
  'kill',
  'more',
  'repair',
  'resume',
  'start',
  'startRunner',
] as const;
export type PanelAct = (typeof panelActs)[number];

export interface PanelActParams {
  /** Whose view was clicked: the panel may be about to show another one. */
  id: IssueId;
  act: PanelAct;
  /** Of `file`: its path in the workspace. */
  path?: string | undefined;
}

export interface PanelDraftParams {
  /** Whose view it was written in: the panel may show another one by now. */
  id: IssueId;
  place: DraftPlace;
  text: string;
}

export const panelShow = new NotificationType<ShownAgent>('panel/show');
export const panelRunner = new NotificationType<PanelRunner>('panel/runner');
export const panelAct = new RequestType<PanelActParams, null, UserErrorData>('panel/act');
export const panelPin = new RequestType<{ id: IssueId; pinned: boolean }, null, UserErrorData>('panel/pin');
export const panelDraft = new RequestType<PanelDraftParams, null, UserErrorData>('panel/draft');
