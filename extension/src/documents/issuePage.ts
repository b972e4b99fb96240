import type { IssueDetails } from '../../../runner/protocol/models.ts';
import { markdownText } from '../setup/markdownText.ts';
import { stateWords } from '../views/issueRow.ts';
import { tamedMarkdown } from './tamedMarkdown.ts';

/** An issue as a Markdown document: its fields as a table, then its text, which may be a stranger's. */
export function issuePage(issue: IssueDetails): string {
  const rows: [string, string][] = [
    ['State', stateWords[issue.state]],
    ['Priority', issue.priority],
    ['Labels', issue.labels.join(', ')],
    ['Project', issue.project],
    ['Tracker', issue.tracker],
    ['Created', dayOf(issue.createdAt)],
    ['Changed', dayOf(issue.updatedAt)],
  ];
  const known = rows.filter(([, value]) => value !== '');
  const columns = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `# ${issue.id} ${markdownText(issue.title)}`,
    '',
    columns(known.map(([name]) => name)),
    columns(known.map(() => '---')),
    columns(known.map(([, value]) => markdownText(value))),
    '',
    issue.body.trim() === '' ? '*No description.*' : tamedMarkdown(issue.body),
    '',
  ].join('\n');
}

function dayOf(time: string | null): string {
  return time === null ? '' : time.slice(0, 16).replace('T', ' ');
}
