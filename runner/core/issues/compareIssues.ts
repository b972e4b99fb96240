import { priorities } from '../../protocol/enumerations.ts';
import { compareIssueIds } from '../../protocol/issueId.ts';
import { issueStateOrder } from '../../protocol/issuePages.ts';
import type { Issue } from '../../protocol/models.ts';

/** Orders by state, then priority, then id. */
export function compareIssues(a: Issue, b: Issue): number {
  return (
    issueStateOrder.indexOf(a.state) - issueStateOrder.indexOf(b.state) ||
    priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
    compareIssueIds(a.id, b.id)
  );
}
