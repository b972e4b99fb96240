import type { AgentState } from '../agents/agentState.ts';
import type { AgentListener } from '../agents/agentSupervisor.ts';
import { endsTurn } from '../agents/endsTurn.ts';
import type { Changes } from '../changes.ts';
import type { AgentEvent } from '../events/agentEvent.ts';
import type { Clock } from '../ports.ts';

/** An agent's workspace is announced at most this often: who shows it asks git each time. */
const atMostEveryMs = 1_000;

type Whose = Pick<AgentState, 'id' | 'issueId'>;

/** Says that an agent's work may have changed files: after each of its tools, and at the end of a turn. */
export class WorkspaceNotices implements AgentListener {
  private readonly deps: { changes: Pick<Changes, 'fire'>; clock: Clock };
  /** Agents that were announced a moment ago, and whether something happened since. */
  private readonly resting = new Map</* agent id */ string, { isStale: boolean; cancel: () => void }>();

  constructor(deps: { changes: Pick<Changes, 'fire'>; clock: Clock }) {
    this.deps = deps;
  }

  onEvent(state: Whose, event: AgentEvent): void {
    if (mayChangeFiles(event)) this.announce(state);
  }

  stop(): void {
    for (const { cancel } of this.resting.values()) cancel();
    this.resting.clear();
  }

  private announce(state: Whose): void {
    const resting = this.resting.get(state.id);
    if (resting !== undefined) {
      resting.isStale = true;
      return;
    }
    const cancel = this.deps.clock.after(atMostEveryMs, () => {
      const isStale = this.resting.get(state.id)?.isStale === true;
      this.resting.delete(state.id);
      if (isStale) this.announce(state);
    });
    this.resting.set(state.id, { isStale: false, cancel });
    this.deps.changes.fire({ scope: 'workspaces', ids: [state.issueId] });
  }
}

function mayChangeFiles(event: AgentEvent): boolean {
  if (endsTurn(event)) return true;
  return (
    event.source === 'hook' && /^(PostToolUse(Failure)?|PostToolBatch|SubagentStop)$/.test(event.event.hook_event_name)
  );
}
