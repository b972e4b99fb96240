import type { IssueState } from '../../../runner/protocol/enumerations.ts';
import type { AgentId, IssueId } from '../../../runner/protocol/issueId.ts';
import type { Agent, Issue, Workspace } from '../../../runner/protocol/models.ts';
import type { ChangedFile } from '../../../runner/protocol/workspaceModels.ts';

/** What the rows of our trees stand for, and what VS Code passes to the commands of a row. */
export type Element = AgentElement | GroupElement | IssueElement | WorkspaceElement | FileElement | NoteElement;

export interface AgentElement {
  kind: 'agent';
  agentId: AgentId;
  agent: Agent;
}

/** A heading with rows below it: a status, a project, a state of issues. */
export interface GroupElement {
  kind: 'group';
  /** Stable: `needsYou`, `project myn`, `issues myn todo`. */
  key: string;
  project?: string;
  state?: IssueState;
}

export interface IssueElement {
  kind: 'issue';
  issueId: IssueId;
  issue: Issue;
}

export interface WorkspaceElement {
  kind: 'workspace';
  issueId: IssueId;
  workspace: Workspace;
}

export interface FileElement {
  kind: 'file';
  issueId: IssueId;
  file: ChangedFile;
}

/** A row that says something or loads more: its own command is all that it does. */
export interface NoteElement {
  kind: 'note';
  key: string;
  text: string;
  /** Whose agents it tells of. */
  project?: string;
}

/** What links, notifications and tests pass instead of a row. */
export interface Reference {
  agentId?: AgentId;
  issueId?: IssueId;
  /** Of several that are acted on at once. */
  issueIds?: readonly IssueId[];
  requestId?: string;
  /** Of a message: what it begins with. */
  text?: string;
  /** Of an issue that is moved: where to. */
  state?: IssueState;
}
