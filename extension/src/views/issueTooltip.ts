import type * as vscode from 'vscode';
import { dayTime } from '../../../runner/protocol/dayTime.ts';
import type { Issue } from '../../../runner/protocol/models.ts';
import { plainLine, shortened } from '../commands/plainText.ts';
import { stateWords } from './issueRow.ts';
import { dotted } from './row.ts';
import { appendLinks, appendPlain, newTooltip } from './tooltip.ts';
import type { ViewDeps } from './viewDeps.ts';

/** As much of an issue's text as a glance takes. */
const maxBody = 300;

/** The issue's beginning, as text; asks the runner when somebody hovers. */
export async function issueTooltip(
  issue: Issue,
  cancel: vscode.CancellationToken,
  { runner }: Pick<ViewDeps, 'runner'>,
): Promise<vscode.MarkdownString | undefined> {
  const details = await runner
    .connected()
    ?.issues.show({ id: issue.id })
    .catch(() => undefined);
  if (cancel.isCancellationRequested) return undefined;
  const tooltip = newTooltip();
  tooltip.appendMarkdown(`**${issue.id}** `);
  appendPlain(tooltip, plainLine(issue.title));
  if (details !== undefined && details.body.trim() !== '') {
    tooltip.appendMarkdown('\n\n');
    appendPlain(tooltip, shortened(plainLine(details.body.replace(/\s+/g, ' ')), maxBody));
  }
  tooltip.appendMarkdown('\n\n---\n\n');
  const changed = issue.updatedAt === null ? undefined : `changed ${dayTime(issue.updatedAt, new Date())}`;
  appendPlain(
    tooltip,
    dotted(stateWords[issue.state], issue.priority, ...issue.labels.map(plainLine), plainLine(issue.tracker), changed),
  );
  appendLinks(tooltip, [{ label: 'Open', command: 'issue.open', reference: { issueId: issue.id } }]);
  return tooltip;
}
