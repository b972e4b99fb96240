import { distance } from 'fastest-levenshtein';

/** The candidates that are the same or a slip away from `text`, nearest first, at most three. */
export function nearest(text: string, candidates: readonly string[]): string[] {
  // Two letters that changed places are two slips.
  const most = text.length < 4 ? 1 : 2;
  return candidates
    .map((candidate) => ({ candidate, slips: distance(text.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ slips }) => slips <= most)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}
