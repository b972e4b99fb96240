import { agentIdOf, type IssueId } from '../../../runner/protocol/issueId.ts';
import { concerning } from './concerning.ts';

export interface Outcomes<R> {
  results: R[];
  /** The first failure, to be thrown once what succeeded has been said. */
  failure: unknown;
}

/** Acts on each, one after the other. Where one fails the others are still acted on. */
export async function forEach<T extends { issueId: IssueId }, R>(
  all: readonly T[],
  act: (one: T) => Promise<R>,
): Promise<Outcomes<R>> {
  const results: R[] = [];
  let failure: unknown;
  for (const one of all) {
    const reference = { issueId: one.issueId, agentId: agentIdOf(one.issueId) };
    try {
      results.push(await concerning(reference, () => act(one)));
    } catch (error) {
      failure ??= error;
    }
  }
  return { results, failure };
}
