import type { IssueDetails } from '../../protocol/models.ts';
import type { Look } from './look.ts';
import { paint } from './paint.ts';
import { plainLine, plainText } from './plainText.ts';

/** `pan issue show`: what it is, where it is, what it says. */
export function issuePage(issue: IssueDetails, look: Look): string {
  const facts = [issue.state, `${issue.priority} priority`, issue.project, issue.tracker, ...issue.labels];
  const body = plainText(issue.body).trim();
  return [
    `${paint(issue.id, 'bold', look)} ${plainLine(issue.title)}`,
    paint(facts.map(plainLine).join(look.unicode ? ' · ' : ' | '), 'dim', look),
    paint(plainLine(issue.url), 'dim', look),
    ...(body === '' ? [] : ['', body]),
  ].join('\n');
}
