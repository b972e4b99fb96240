import { priorities } from '../../protocol/enumerations.ts';
import { compareIssueIds } from '../../protocol/issueId.ts';
import type { Issue } from '../../protocol/models.ts';

/** Orders the issues of one state: by priority, then latest change first, then id. */
export function compareInState(a: Issue, b: Issue): number {
  return priorities.indexOf(a.priority) - priorities.indexOf(b.priority) || compareByChange(a, b);
}

/** Latest change first, what has no date last; then by id. */
export function compareByChange(a: Issue, b: Issue): number {
  // ISO 8601 in UTC orders as text does.
  const [changedA, changedB] = [a.updatedAt ?? '', b.updatedAt ?? ''];
  if (changedA !== changedB) return changedA > changedB ? -1 : 1;
  return compareIssueIds(a.id, b.id);
}
