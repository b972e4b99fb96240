import type { IssueState } from '../../../../runner/protocol/enumerations.ts';
import type { IssueFilterChoice } from '../../app.ts';

/** One thing that was chosen for the filter. */
export type FilterPart = { state: IssueState } | { label: string } | { project: string };

/** The filter of what was chosen; undefined for nothing. Of several projects none restricts. */
export function filterOf(parts: readonly FilterPart[]): IssueFilterChoice | undefined {
  if (parts.length === 0) return undefined;
  const projects = parts.flatMap((part) => ('project' in part ? [part.project] : []));
  return {
    project: projects.length === 1 ? projects[0] : undefined,
    labels: parts.flatMap((part) => ('label' in part ? [part.label] : [])),
    states: parts.flatMap((part) => ('state' in part ? [part.state] : [])),
  };
}
