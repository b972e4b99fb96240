import type { IssueState, Priority } from '../../protocol/enumerations.ts';
import type { IssueId } from '../../protocol/issueId.ts';
import type { IssueDetails, Project } from '../../protocol/models.ts';
import type { IssueListResult } from '../../protocol/requests.ts';

/** Fields of an issue as trackers take them: checked, titles and labels without line breaks and control characters. */
export interface NewIssue {
  title: string;
  body: string;
  labels: string[];
  priority: Priority;
  state: IssueState;
}

export type IssueChange = Partial<NewIssue>;

export interface IssueFilter {
  states: readonly IssueState[];
}

/** Where a project's issues live. Ids are canonical (`MIN-123`) and belong to the project that is passed with them. */
export interface Tracker {
  /** As in `Project.tracker`. */
  readonly name: string;
  create(project: Project, fields: NewIssue): Promise<IssueDetails>;
  /** In any order. What cannot be read is named in `broken`, whatever the filter says. */
  list(project: Project, filter: IssueFilter): Promise<IssueListResult>;
  /** @throws UserError `issueNotFound`, `issueUnreadable` */
  get(project: Project, id: IssueId): Promise<IssueDetails>;
  /** @throws UserError `issueNotFound`, `issueUnreadable` */
  update(project: Project, id: IssueId, change: IssueChange): Promise<IssueDetails>;
  /** Tells of changes by anybody, this runner included; no ids: every issue may have changed. Returns what ends it. */
  watch?(project: Project, onChange: (ids: IssueId[]) => void): () => void;
}
