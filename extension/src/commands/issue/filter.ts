import { issueStates } from '../../../../runner/protocol/enumerations.ts';
import type { App, IssueFilterChoice } from '../../app.ts';
import { stateIcons, stateTitle } from '../../views/issueRow.ts';
import type { Command } from '../command.ts';
import { type Heading, pickMany, type Row } from '../pick.ts';
import { plainLabel } from '../plainText.ts';
import { type FilterPart, filterOf } from './filterParts.ts';

export const issueFilter: Command = {
  id: 'panopticon.issue.filter',
  async run(app) {
    const parts = await pickMany({
      title: 'Filter Issues',
      placeholder: 'States are alternatives; an issue has all of the labels',
      rows: await filterRows(app),
    });
    if (parts !== undefined) app.views.setIssueFilter(filterOf(parts));
  },
};

export const issueClearFilter: Command = {
  id: 'panopticon.issue.clearFilter',
  run: ({ views }) => views.setIssueFilter(undefined),
};

async function filterRows(app: App): Promise<(Row<FilterPart> | Heading)[]> {
  const { issues } = await app.runner.get();
  const { labels } = await issues.counts({});
  const now = app.views.issueFilter();
  const projects = app.projects.all().map(({ name }) => name);
  return [
    { heading: 'State' },
    ...issueStates.map(
      (state): Row<FilterPart> => ({
        value: { state },
        icon: stateIcons[state],
        label: stateTitle(state),
        picked: now?.states.includes(state) === true,
      }),
    ),
    ...section('Label', labels, 'tag', (label) => ({ label }), now?.labels),
    ...(projects.length > 1 ? section('Project', projects, 'repo', (project) => ({ project }), projectOf(now)) : []),
  ];
}

function projectOf(now: IssueFilterChoice | undefined): string[] {
  return now?.project === undefined ? [] : [now.project];
}

function section(
  heading: string,
  names: readonly string[],
  icon: string,
  part: (name: string) => FilterPart,
  picked: readonly string[] = [],
): (Row<FilterPart> | Heading)[] {
  if (names.length === 0) return [];
  const rows = names.map(
    (name): Row<FilterPart> => ({ value: part(name), icon, label: plainLabel(name), picked: picked.includes(name) }),
  );
  return [{ heading }, ...rows];
}
