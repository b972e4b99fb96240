import { agentIdOf, type IssueId } from '../../../runner/protocol/issueId.ts';
import type { RunnerApi } from '../../../runner/protocol/runnerApi.ts';
import type { App } from '../app.ts';
import { concerning } from './concerning.ts';

export interface Outcomes<R> {
  results: R[];
  /** The first failure, to be thrown once what succeeded has been said. */
  failure: unknown;
}

/**
 * Acts on each, one after the other. Where one fails the others are still acted on. Each is done by the runner that
 * answers then: it may be replaced in between.
 */
export async function forEach<T extends { issueId: IssueId }, R>(
  app: Pick<App, 'runner'>,
  all: readonly T[],
  act: (one: T, runner: RunnerApi) => Promise<R>,
): Promise<Outcomes<R>> {
  const results: R[] = [];
  let failure: unknown;
  for (const one of all) {
    const reference = { issueId: one.issueId, agentId: agentIdOf(one.issueId) };
    try {
      results.push(await concerning(reference, async () => act(one, await app.runner.get())));
    } catch (error) {
      failure ??= error;
    }
  }
  return { results, failure };
}
