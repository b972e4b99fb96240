import type { ConversationFinder } from './conversationFinder.ts';

/** What a search has found so far: `3 of 41`, with `+` where there may be more. */
export function findWords(
  finder: Pick<ConversationFinder, 'error' | 'isSearching' | 'isWhole' | 'ordinal' | 'sought' | 'total'>,
): string {
  const { error, isSearching, isWhole, ordinal, sought, total } = finder;
  if (sought === '') return '';
  if (error !== undefined) return error.message;
  if (total === 0) return isSearching ? 'Searching…' : 'No results';
  const number = ordinal === 0 ? '?' : ordinal.toLocaleString('en');
  return `${number} of ${total.toLocaleString('en')}${isWhole ? '' : '+'}`;
}
