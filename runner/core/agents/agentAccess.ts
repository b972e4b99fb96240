import { agentIdOf, type IssueId } from '../../protocol/issueId.ts';
import type { IssueDetails } from '../../protocol/models.ts';
import type { IssueParams } from '../../protocol/requests.ts';
import type { KeyedMutex } from '../files/keyedMutex.ts';
import { requireIssueId } from '../issues/requireIssueId.ts';
import { noAgentYet, noRunningAgent, stillStarting, unreadableAgent } from './agentFailures.ts';
import type { AgentReader, AgentSituation } from './agentReader.ts';
import type { AgentState } from './agentState.ts';
import type { AgentStore, StoredAgent } from './agentStore.ts';
import type { StartsUnderway } from './startsUnderway.ts';

export interface AgentAccessDeps {
  store: AgentStore;
  reader: AgentReader;
  issues: { show(params: IssueParams): Promise<IssueDetails> };
  underway: Pick<StartsUnderway, 'all'>;
  mutex: KeyedMutex;
}

/** Finds the agent that a person means, and holds off its other changes while something is done to it. */
export class AgentAccess {
  private readonly deps: AgentAccessDeps;

  constructor(deps: AgentAccessDeps) {
    this.deps = deps;
  }

  async find(text: string): Promise<StoredAgent> {
    const issueId = requireIssueId(text);
    return this.require(agentIdOf(issueId), issueId);
  }

  /** Tells an issue without an agent, and one whose first is being started, from an id that means nothing. */
  async require(id: string, issueId: IssueId): Promise<StoredAgent> {
    const { store, reader, issues, underway } = this.deps;
    if (store.has(id)) return reader.require(id, issueId);
    const starting = underway.all().get(id);
    if (starting !== undefined) throw stillStarting(issueId, starting.agent.reason);
    const issue = await issues.show({ id: issueId }).catch(() => undefined);
    if (issue !== undefined) throw noAgentYet(issueId);
    return reader.require(id, issueId);
  }

  async withState<T>(text: string, task: (state: AgentState) => Promise<T>): Promise<T> {
    const issueId = requireIssueId(text);
    const id = agentIdOf(issueId);
    return this.deps.mutex.run(id, async () => {
      const stored = await this.require(id, issueId);
      if (stored.kind === 'unreadable') throw unreadableAgent(issueId, stored.reason);
      return task(stored.state);
    });
  }

  /** @throws UserError `noRunningAgent`; `tmuxUnknown` when it cannot be told. */
  async requireLive(state: AgentState): Promise<AgentSituation> {
    const pane = await this.deps.reader.surePane(state.id);
    const situation = await this.deps.reader.situation(state);
    if (state.intent === 'running' && pane.kind === 'alive') return situation;
    throw noRunningAgent(state, situation.history);
  }
}
