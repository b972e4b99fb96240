import { type IssueId, parseIssueId } from '../../protocol/issueId.ts';
import type { Issue } from '../../protocol/models.ts';
import { compareByChange } from './issueOrder.ts';

/** How well an issue answers a question; less is better. */
type Rank = 0 | 1 | 2 | 3;

/**
 * The issues in which every word of `text` occurs: in the id, the title or a label, in any case. The issue whose id was
 * typed comes first (`MIN-14`, or its number alone), then open ones, each by how well they fit: id begins so, a word of
 * the title begins so, the rest; at last by latest change. Empty text fits everything: open before closed.
 */
export function searchIssues(issues: readonly Issue[], text: string): Issue[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const meant = parseIssueId(text);
  const found: { issue: Issue; rank: Rank; closed: number }[] = [];
  for (const issue of issues) {
    const rank = rankOf(issue, words, meant);
    if (rank === undefined) continue;
    const closed = rank !== 0 && (issue.state === 'done' || issue.state === 'canceled') ? 1 : 0;
    found.push({ issue, rank, closed });
  }
  found.sort((a, b) => {
    const exact = Number(b.rank === 0) - Number(a.rank === 0);
    return exact || a.closed - b.closed || a.rank - b.rank || compareByChange(a.issue, b.issue);
  });
  return found.map(({ issue }) => issue);
}

/** The worst of its words' ranks; undefined when one does not occur. */
function rankOf(issue: Issue, words: readonly string[], meant: IssueId | undefined): Rank | undefined {
  if (meant === issue.id) return 0;
  if (words.length === 0) return 3;
  const id = issue.id.toLowerCase();
  const title = fold(issue.title);
  let worst: Rank = 0;
  for (const word of words) {
    const rank = rankOfWord(word, id, title, issue.labels);
    if (rank === undefined) return undefined;
    if (rank > worst) worst = rank;
  }
  return worst;
}

function rankOfWord(word: string, id: string, title: string, labels: readonly string[]): Rank | undefined {
  if (id === word || (/^\d+$/.test(word) && id.endsWith(`-${word}`))) return 0;
  if (id.startsWith(word)) return 1;
  if (beginsWord(title, word)) return 2;
  const occurs = title.includes(word) || id.includes(word) || labels.some((label) => fold(label).includes(word));
  return occurs ? 3 : undefined;
}

/** Whether `word` stands in `title` with no letter or digit before it. */
function beginsWord(title: string, word: string): boolean {
  for (let at = title.indexOf(word); at !== -1; at = title.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(title.charAt(at - 1))) return true;
  }
  return false;
}

/** The same letter can be written in several ways: macOS types an accent as a character of its own. */
function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
