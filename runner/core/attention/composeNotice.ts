import type { Notice } from '../../protocol/attention.ts';
import type { Missed } from './decideNotices.ts';
import { noticeRequest } from './noticeRequest.ts';
import { mergedText, noticeText, type Subject, summaryText } from './noticeText.ts';

/** One notification about all of these; undefined where there are none. */
export function composeNotice(
  id: string,
  subjects: readonly Subject[],
  summary: Missed | null,
  now: Date,
): Notice | undefined {
  // Who needs somebody comes first, so that the first is whom to go to.
  const ordered = [...subjects].sort((a, b) => Number(b.news.isNeed) - Number(a.news.isNeed));
  const agents = ordered.map(({ agent }) => agent.id);
  const [only, another] = ordered;
  if (only === undefined) return undefined;
  if (summary !== null) {
    const text = summaryText(
      ordered.map(({ news }) => news),
      summary,
    );
    return { id, kind: 'away', text, agents, request: null };
  }
  if (another !== undefined) return { id, kind: kindOf(ordered), text: mergedText(ordered), agents, request: null };
  const request = only.request === null ? null : noticeRequest(only.request);
  return { id, kind: only.news.kind, text: noticeText(only, now), agents, request };
}

/** Where nobody needs somebody, what happened to all of them, or to those that are finished. */
function kindOf(subjects: readonly Subject[]): Notice['kind'] {
  const runtimes = new Set(subjects.map(({ agent }) => agent.runtime));
  if (runtimes.size === 1 && subjects.every(({ news }) => news.kind === 'login')) return 'login';
  if (subjects.some(({ news }) => news.isNeed)) return 'several';
  return subjects.some(({ news }) => news.kind === 'finished') ? 'finished' : 'limit';
}
