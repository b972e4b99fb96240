import type { IssueState } from './enumerations.ts';
import type { BrokenIssue, Issue } from './models.ts';

/** The order of lists: from what is under way to what is over. */
export const issueStateOrder: readonly IssueState[] = [
  'in_progress',
  'in_review',
  'planning',
  'todo',
  'backlog',
  'done',
  'canceled',
];

/** How many issues there are, by project and state; what a tree shows before anything is expanded. */
export interface IssueCounts {
  /** Every project, every state that has issues; in the order of projects and of `issueStates`. */
  counts: { project: string; state: IssueState; count: number }[];
  broken: BrokenIssue[];
  /** Every label that occurs, by name, for choosing a filter. */
  labels: string[];
}

/** Issues of one project and state: by priority, then latest change first, then number. */
export interface IssuePage {
  issues: Issue[];
  /** All that fit, those before and after this page included. */
  total: number;
}
