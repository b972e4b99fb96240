import type { AgentId } from '../../protocol/issueId.ts';
import type { HookItem } from '../../protocol/models.ts';
import type { Changes } from '../changes.ts';
import type { LaunchFacts } from '../hooks/hookLife.ts';
import type { HookQueue } from '../hooks/hookQueue.ts';
import type { Log } from '../ports.ts';
import { messageOf } from '../text/messageOf.ts';
import type { AgentState } from './agentState.ts';
import type { AgentHistory, EventLog } from './eventLog.ts';
import { tookTurn } from './howToGoOn.ts';

export interface HookHandoverDeps {
  hooks: Pick<HookQueue, 'promise' | 'release' | 'settle'>;
  events: Pick<EventLog, 'history'>;
  changes: Changes;
  log: Log;
  /** Takes what the hooks left meanwhile: an agent that has just ended may have told that it read its prompt. */
  drainSpool(): Promise<void>;
}

/** Gives agents the work on their hooks with their first prompts, and follows what becomes of it (`nextItem`). */
export class HookHandover {
  private readonly deps: HookHandoverDeps;
  private readonly settled = new Map<AgentId, /* facts, as JSON */ string>();
  private isStarted = false;

  constructor(deps: HookHandoverDeps) {
    this.deps = deps;
  }

  /** What the first prompt of a launch is to hold. @throws as `HookQueue.promise` */
  promise(agentId: AgentId, launchId: string): Promise<HookItem[]> {
    this.settled.delete(agentId);
    return this.deps.hooks.promise(agentId, launchId);
  }

  /** That launch did not come about: what it was to be given stays queued. */
  async release(agentId: AgentId): Promise<void> {
    await this.deps.hooks.release(agentId).catch((error: unknown) => this.failed(agentId, error));
  }

  /** Once, when the spool was read: nothing is judged of an agent whose last words were not heard. */
  async start(states: readonly AgentState[]): Promise<void> {
    this.isStarted = true;
    for (const state of states) await this.settle(state);
  }

  /** Brings the hook in line with what is known of the agent, whose other changes must be held off. Never fails. */
  async settle(state: AgentState): Promise<void> {
    if (!this.isStarted) return;
    try {
      const facts = await this.facts(state);
      const known = JSON.stringify(facts);
      // Asked at every event: what was settled with the same facts is not read again.
      if (this.settled.get(state.id) === known) return;
      this.settled.set(state.id, known);
      if (await this.deps.hooks.settle(state.id, facts)) this.deps.changes.fire({ scope: 'hooks', ids: [state.id] });
    } catch (error) {
      this.failed(state.id, error);
    }
  }

  private async facts(state: AgentState): Promise<LaunchFacts> {
    const facts = launchFacts(state, await this.deps.events.history(state.id));
    if (!facts.ended || facts.tookPrompt) return facts;
    await this.deps.drainSpool();
    return launchFacts(state, await this.deps.events.history(state.id));
  }

  private failed(agentId: AgentId, error: unknown): void {
    this.deps.log.warn(`what became of the work on the hook of ${agentId} was not noted: ${messageOf(error)}`);
  }
}

/** What is written of a launch: how it looks at this moment would be no ground to hand work to somebody else. */
function launchFacts(state: AgentState, history: AgentHistory): LaunchFacts {
  const { launchId, resumed, intent, leader, capabilities } = state;
  const { kind } = history.activity;
  const isKnown = history.launchId === launchId;
  return {
    launchId,
    resumed,
    cameUp: isKnown && kind !== 'startFailed',
    reports: capabilities.reportsEvents,
    tookPrompt: resumed || (isKnown && tookTurn(state, history)),
    done: intent === 'done',
    ended: (isKnown && (kind === 'dead' || kind === 'startFailed')) || (intent !== 'running' && leader === null),
  };
}
