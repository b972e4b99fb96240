import { type IssueState, priorities } from '../../protocol/enumerations.ts';
import { compareIssueIds } from '../../protocol/issueId.ts';
import type { Issue } from '../../protocol/models.ts';

/** What is being worked on comes first, what is over comes last. */
const stateOrder: readonly IssueState[] = [
  'in_progress',
  'in_review',
  'planning',
  'todo',
  'backlog',
  'done',
  'canceled',
];

/** Orders by state, then priority, then id. */
export function compareIssues(a: Issue, b: Issue): number {
  return (
    stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state) ||
    priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
    compareIssueIds(a.id, b.id)
  );
}
