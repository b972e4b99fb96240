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
    ['Created', dateText(issue.createdAt)],
    ['Changed', dateText(issue.updatedAt)],
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

/** `2026-11-22 16:00`, local time. */
function dateText(time: string | null): string {
  if (time === null) return '';
  const date = new Date(time);
  const [month, day, hours, minutes] = [date.getMonth() + 1, date.getDate(), date.getHours(), date.getMinutes()].map(
    (part) => String(part).padStart(2, '0'),
  );
  return `${date.getFullYear()}-${month}-${day} ${hours}:${minutes}`;
}
