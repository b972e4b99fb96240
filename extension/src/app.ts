import type * as vscode from 'vscode';
import type { AgentId, IssueId } from '../../runner/protocol/issueId.ts';
import type { Agent, AgentRequest } from '../../runner/protocol/models.ts';
import type { AnswerDrafts } from './commands/answer/answerDrafts.ts';
import type { ContextKeys } from './contextKeys.ts';
import type { Fleet } from './fleet/fleet.ts';
import type { Projects } from './projects/projects.ts';
import type { RunnerConnection } from './runner/runnerConnection.ts';
import type { RunnerLog } from './runner/runnerLog.ts';
import type { Settings } from './settings.ts';
import type { Doctor } from './setup/doctor.ts';
import type { DoneSteps } from './setup/doneSteps.ts';
import type { Element } from './views/elements.ts';
import type { Aim } from './views/settledRows.ts';

/** What commands act with; wired once, in extension.ts. */
export interface App {
  context: vscode.ExtensionContext;
  /** The channel `Panopticon`. */
  log: vscode.LogOutputChannel;
  settings: Settings;
  contextKeys: ContextKeys;
  runner: RunnerConnection;
  /** PANOPTICON_HOME, absolute. */
  home(): string;
  /** The channel `Panopticon Runner`. */
  runnerLog: Pick<RunnerLog, 'show'>;
  /** Registered projects, and which of them are open in this window. */
  projects: Projects;
  fleet: Fleet;
  seen: SeenAgents;
  views: Views;
  panels: Panels;
  documents: Documents;
  terminals: Terminals;
  /** What was written to answer requests and has not been given. */
  answerDrafts: AnswerDrafts;
  doctor: Doctor;
  /** What was done of the walkthrough. */
  steps: DoneSteps;
}

/** Which finished agents a person has looked at; kept. An agent that finishes again is unseen. */
export interface SeenAgents {
  isSeen(agent: Agent): boolean;
  mark(agents: readonly Agent[], seen: boolean): Promise<void>;
  readonly onDidChange: vscode.Event<readonly AgentId[]>;
}

export type ViewName = 'agents' | 'issues' | 'workspaces';

export interface Views {
  /** The selected rows of a view: what its keys act on. */
  selected(view: ViewName): readonly Element[];
  /**
   * Whether the agent's row has stood where it is, and asked what it asks, for long enough that a person who clicks an
   * icon of it, or an entry of its context menu, can have seen that.
   */
  agentHasSettled(agentId: AgentId, aim: Aim): boolean;
  /** Selects the row; reveals the view only where the person asked for it. */
  revealAgent(agentId: AgentId, options: { focus: boolean }): Promise<void>;
  revealIssue(issueId: IssueId, options: { focus: boolean }): Promise<void>;
  /** The agent of the selected row of a view, of the active panel, terminal or document: the likeliest that is meant. */
  likeliestAgent(): AgentId | undefined;
  setIssueFilter(filter: IssueFilterChoice | undefined): void;
  issueFilter(): IssueFilterChoice | undefined;
  /** Fetches everything again. */
  refresh(): void;
  /** Shows the rows that a row at the end of others stands for, by its key. */
  loadMore(key: string): Promise<void>;
  /** Shows the view's own progress bar until the task has ended. */
  withProgress<T>(view: ViewName, task: () => Promise<T>): Promise<T>;
}

export interface IssueFilterChoice {
  project: string | undefined;
  labels: string[];
  states: string[];
}

export type AgentTab = 'live' | 'why' | 'changes' | 'queue' | 'context';

export interface Panels {
  /** Opens the agent in the one panel that follows the selection, or in its own pinned one. */
  openAgent(agentId: AgentId, options?: { tab?: AgentTab; preserveFocus?: boolean }): Promise<void>;
  /** The agent of the panel that is active now. */
  activeAgent(): AgentId | undefined;
  /** Of the panel in whose title a command was clicked, by the address that VS Code gives it; undefined for others. */
  agentAt(address: unknown): AgentId | undefined;
}

/** The request of a document. */
export interface OpenedRequest {
  agentId: AgentId;
  requestId: string;
  /** The document shows all of it; else that it has gone, or could not be read. */
  whole: boolean;
}

export interface Documents {
  openTranscript(agent: Agent): Promise<void>;
  /** The whole request, read-only, with Allow and Deny in the editor's title; it gets the focus. */
  openRequest(request: AgentRequest): Promise<void>;
  /** The request of the active document. */
  activeRequest(): OpenedRequest | undefined;
  /** The request of the document with that address; undefined for anything else. */
  requestAt(address: unknown): OpenedRequest | undefined;
  /** The agent whose conversation or request the document with that address shows; undefined for anything else. */
  agentAt(address: unknown): AgentId | undefined;
  /** Closes the document of a request that was answered. */
  closeRequest(requestId: string): Promise<void>;
  /** An editor for a message to the agent, with Send in its title. */
  openMessage(issueId: IssueId, text: string): Promise<void>;
  /** What the active editor says to which agent. */
  activeMessage(): { issueId: IssueId; text: string } | undefined;
  /** The same of the editor with that address; undefined for anything else. */
  messageAt(address: unknown): { issueId: IssueId; text: string } | undefined;
  /** Closes the editor of the message, which is told, and forgets its text; unless that is another one by now. */
  closeMessage(message: { issueId: IssueId; text: string }): Promise<void>;
  openIssue(issueId: IssueId): Promise<void>;
  /** Everything the workspace changed, in one editor. False when it changed nothing. */
  openChanges(target: { issueId: IssueId; title: string }): Promise<boolean>;
  openFileChange(issueId: IssueId, path: string): Promise<void>;
  openDoctor(): Promise<void>;
}

export interface Terminals {
  /** The terminal of the agent, reused where it is open; closing it only detaches. */
  attach(agent: Agent): Promise<void>;
  /** Of the active terminal. */
  activeAgent(): AgentId | undefined;
  openIn(workspace: { issueId: IssueId; path: string }): void;
  /** A terminal with the command typed and not entered; in the folder, if one is named. */
  propose(name: string, command: string, folder?: string): void;
}
