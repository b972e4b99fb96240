import type { Agent, Issue } from '../../../../runner/protocol/models.ts';
import { issueRow, stateWords } from '../../views/issueRow.ts';
import { dotted } from '../../views/row.ts';
import type { Row } from '../pick.ts';
import { plainLabel } from '../plainText.ts';

/** An issue in a picker: as its row in the tree, with the state in words since no heading says it. */
export function issueLine(issue: Issue, agent: Agent | undefined): Row<Issue> {
  const { label, description, icon } = issueRow(issue, { agent, hasWorkspace: false });
  return {
    value: issue,
    label: plainLabel(label),
    description: plainLabel(dotted(stateWords[issue.state], description)),
    ...(icon === undefined ? {} : { icon: icon.id }),
  };
}
