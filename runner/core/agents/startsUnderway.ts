import { type AgentId, agentIdOf } from '../../protocol/issueId.ts';
import type { Agent } from '../../protocol/models.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../ports.ts';
import { workspaceBranch, workspacePath } from '../workspaces/workspaceNames.ts';
import type { ResolvedStart } from './startResolver.ts';

/** An agent as it is listed before its start has written anything of it. */
export interface Underway {
  agent: Agent;
  /** Of the agent that the issue had before; a state with a later one is of this start. */
  lastFence: number;
}

/**
 * The agents that are being started and have no state of their own yet: making a workspace can take a while. Kept in
 * memory alone, because a start ends with the daemon that does it.
 */
export class StartsUnderway {
  private readonly starts = new Map<AgentId, Underway>();
  private readonly changes: Changes;
  private readonly clock: Clock;

  constructor({ changes, clock }: { changes: Changes; clock: Clock }) {
    this.changes = changes;
    this.clock = clock;
  }

  /** Lists the agent as starting until the task has ended; `task` is given what tells how far it is. */
  async during<T>(
    start: ResolvedStart & { lastFence: number },
    task: (tell: (phase: string) => void) => Promise<T>,
  ): Promise<T> {
    const id = agentIdOf(start.issue.id);
    const { lastFence } = start;
    const agent = agentOf(start, this.clock.now().toISOString());
    const tell = (reason: string): void => {
      this.starts.set(id, { agent: { ...agent, reason }, lastFence });
      this.changed(id);
    };
    try {
      return await task(tell);
    } finally {
      this.starts.delete(id);
      this.changed(id);
    }
  }

  all(): ReadonlyMap<AgentId, Underway> {
    return new Map(this.starts);
  }

  private changed(id: AgentId): void {
    this.changes.fire({ scope: 'agents', ids: [id] });
  }
}

function agentOf({ issue, project, runtime, model, mode }: ResolvedStart, since: string): Agent {
  return {
    id: agentIdOf(issue.id),
    issueId: issue.id,
    title: issue.title,
    project: project.name,
    node: 'local',
    runtime: runtime.name,
    model,
    mode,
    status: 'starting',
    reason: '',
    since,
    workspace: workspacePath(project, issue.id),
    branch: workspaceBranch(issue.id),
    sessionId: null,
    fence: 0,
    hookItems: 0,
    pid: null,
    ask: null,
    parked: null,
    trouble: null,
  };
}
