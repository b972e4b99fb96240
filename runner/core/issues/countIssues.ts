import { issueStates } from '../../protocol/enumerations.ts';
import type { IssueCounts } from '../../protocol/issuePages.ts';
import type { Issue } from '../../protocol/models.ts';

type Counts = Pick<IssueCounts, 'counts' | 'labels'>;

/**
 * How many issues that fit there are, by project and state, and every label that occurs.
 *
 * @param issues by project, in the order of projects
 * @param fits what is counted; labels are those of all issues, so that another one can be chosen
 */
export function countIssues(
  issues: ReadonlyMap</* project */ string, readonly Issue[]>,
  fits: (issue: Issue) => boolean,
): Counts {
  const labels = new Set<string>();
  const counts: Counts['counts'] = [];
  for (const [project, ofProject] of issues) {
    const byState = new Map<string, number>();
    for (const issue of ofProject) {
      for (const label of issue.labels) labels.add(label);
      if (fits(issue)) byState.set(issue.state, (byState.get(issue.state) ?? 0) + 1);
    }
    for (const state of issueStates) {
      const count = byState.get(state);
      if (count !== undefined) counts.push({ project, state, count });
    }
  }
  return { counts, labels: [...labels].sort() };
}
