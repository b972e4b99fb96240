import type { TitleSign } from '../runtimeBehaviour.ts';

/** Gives the title a form that can be relied on, whatever the user's own is. */
export const codexTitleFlags: readonly string[] = [
  '--config',
  'tui.terminal_title=["activity","run-state","thread-title"]',
];

/**
 * `[ . ] Action Required | Fix the limit` (the dot blinks), `Ready | Fix the limit`, `⠋ | Working | Fix the limit`;
 * before the composer first stands, the title is the terminal's. Busy says nothing: it also is while a hook waits for
 * the answer to a request.
 */
export function codexTitleSign(title: string): TitleSign | undefined {
  if (/^\[ . \] Action Required\b/.test(title)) return { state: 'waiting', detail: 'asks something in its terminal' };
  // A plan waits for its review behind the same title.
  if (/^Ready(?: \||$)/.test(title)) return { state: 'quiet', detail: 'ready for a message' };
  return undefined;
}
