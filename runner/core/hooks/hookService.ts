import { agentIdOf } from '../../protocol/issueId.ts';
import type { HookItem, IssueDetails } from '../../protocol/models.ts';
import type { HookCheckParams, HookDropParams, HookPushParams, IssueParams } from '../../protocol/requests.ts';
import type { RunnerApi } from '../../protocol/runnerApi.ts';
import type { Changes } from '../changes.ts';
import { requireIssueId } from '../issues/requireIssueId.ts';
import type { HookQueue } from './hookQueue.ts';

type HooksApi = RunnerApi['hooks'];

/** The hooks of agents by their issue's id. Work can be hung up for any known issue, before an agent is there. */
export class HookService implements HooksApi {
  private readonly deps: {
    queue: HookQueue;
    issues: { show(params: IssueParams): Promise<IssueDetails> };
    changes: Changes;
    /** Whether an agent may live that could have what is on the hook. */
    mayLive(agentId: string): boolean;
  };

  constructor(deps: HookService['deps']) {
    this.deps = deps;
  }

  async push(params: HookPushParams): Promise<HookItem> {
    const issueId = requireIssueId(params.id);
    await this.deps.issues.show({ id: issueId });
    const item = await this.deps.queue.push(agentIdOf(issueId), params);
    this.deps.changes.fire({ scope: 'hooks', ids: [agentIdOf(issueId)] });
    return item;
  }

  async drop(params: HookDropParams): Promise<HookItem> {
    const issueId = requireIssueId(params.id);
    await this.deps.issues.show({ id: issueId });
    const agentId = agentIdOf(issueId);
    const item = await this.deps.queue.drop(agentId, params.itemId, !this.deps.mayLive(agentId));
    this.deps.changes.fire({ scope: 'hooks', ids: [agentIdOf(issueId)] });
    return item;
  }

  async check(params: HookCheckParams): Promise<HookItem[]> {
    const issueId = requireIssueId(params.id);
    await this.deps.issues.show({ id: issueId });
    return this.deps.queue.check(agentIdOf(issueId), params.withDone);
  }
}
