import { distance } from 'fastest-levenshtein';
import { prefixOf } from '../../protocol/issueId.ts';

/** At most two known ids that somebody who typed `id` may have meant, nearest first. */
export function nearestIds(id: string, known: readonly string[]): string[] {
  return known
    .map((candidate) => ({ candidate, slips: distance(id, candidate) }))
    .filter(({ candidate }) => isNear(id, candidate))
    .sort((a, b) => a.slips - b.slips || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 2)
    .map(({ candidate }) => candidate);
}

/** Another prefix with the same number, or another number with the same prefix. Numbers of one digit are all alike. */
function isNear(id: string, candidate: string): boolean {
  const [prefix, otherPrefix] = [prefixOf(id), prefixOf(candidate)];
  const [number, otherNumber] = [id.slice(prefix.length + 1), candidate.slice(otherPrefix.length + 1)];
  if (number === otherNumber) return distance(prefix, otherPrefix) <= 2;
  return prefix === otherPrefix && number.length + otherNumber.length > 2 && distance(number, otherNumber) === 1;
}
