import { distance } from 'fastest-levenshtein';

/** At most three known ids that somebody who typed `id` may have meant, nearest first. */
export function nearestIds(id: string, known: readonly string[]): string[] {
  return known
    .map((candidate) => ({ candidate, slips: distance(id, candidate) }))
    .filter(({ candidate, slips }) => candidate.startsWith(id) || slips <= 2)
    .sort((a, b) => a.slips - b.slips || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}
