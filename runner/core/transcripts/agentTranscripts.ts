import type { AgentState } from '../agents/agentState.ts';
import type { StoredAgent } from '../agents/agentStore.ts';
import type { AgentListener } from '../agents/agentSupervisor.ts';
import type { Changes } from '../changes.ts';
import type { Log } from '../ports.ts';
import type { TranscriptFormat } from '../runtimes/transcriptFormat.ts';
import { mapBounded } from '../workspaces/mapBounded.ts';
import type { TranscriptSource } from './followedTranscript.ts';
import type { TranscriptFollower } from './transcriptFollower.ts';

export interface AgentTranscriptsDeps {
  follower: Pick<TranscriptFollower, 'recall' | 'follow' | 'unfollow' | 'catchUp' | 'stop'>;
  formatOf(runtime: string): TranscriptFormat | undefined;
  store: { list(): Promise<StoredAgent[]> };
  mayLive(agentId: string): boolean;
  changes: Changes;
  log: Log;
}

const parallelCatchUps = 4;

/** Decides whose transcripts are followed: those of agents that may live. */
export class AgentTranscripts implements AgentListener {
  private readonly deps: AgentTranscriptsDeps;
  private readonly followed = new Set</* agent id */ string>();
  private unlisten: (() => void) | undefined;

  constructor(deps: AgentTranscriptsDeps) {
    this.deps = deps;
  }

  /** After the living were announced: takes what the others wrote while no daemon ran. Goes on in the background. */
  start(): void {
    this.unlisten = this.deps.changes.listen(({ scope, ids }) => {
      if (scope === 'agents') for (const id of ids) this.leaveEnded(id);
    });
    this.catchUp().catch((error: unknown) => this.deps.log.error('transcripts of ended agents were not read', error));
  }

  async stop(): Promise<void> {
    this.unlisten?.();
    await this.deps.follower.stop();
  }

  /** Begins in the background: a start must not wait for what was said before. What is known of it counts at once. */
  async onAgent(state: AgentState): Promise<void> {
    const source = this.sourceOf(state);
    if (source === undefined) return;
    const { follower, log } = this.deps;
    this.followed.add(state.id);
    await follower.recall(state.id, source).catch((error: unknown) => {
      log.error(`what is known of the transcript of ${state.id} was not read`, error);
    });
    this.noting(state.id, follower.follow(state.id, source));
  }

  /** Tools write before they report: a look at this moment makes up for a watch that told nothing. */
  onEvent(state: AgentState): void {
    const source = this.sourceOf(state);
    if (source === undefined) return;
    const { follower, mayLive } = this.deps;
    const isAlive = mayLive(state.id);
    if (isAlive) this.followed.add(state.id);
    else this.followed.delete(state.id);
    this.noting(state.id, isAlive ? follower.follow(state.id, source) : follower.catchUp(state.id, source));
  }

  private leaveEnded(agentId: string): void {
    if (!this.followed.has(agentId) || this.deps.mayLive(agentId)) return;
    this.followed.delete(agentId);
    this.noting(agentId, this.deps.follower.unfollow(agentId));
  }

  private noting(agentId: string, task: Promise<void>): void {
    task.catch((error: unknown) => this.deps.log.error(`the transcript of ${agentId} was not read`, error));
  }

  private async catchUp(): Promise<void> {
    const ended = (await this.deps.store.list()).filter((agent) => !this.followed.has(agent.id));
    await mapBounded(ended, parallelCatchUps, async (agent) => {
      const source = agent.kind === 'ok' ? this.sourceOf(agent.state) : undefined;
      if (source !== undefined && !this.followed.has(agent.id)) await this.deps.follower.catchUp(agent.id, source);
    });
  }

  private sourceOf({ runtime, transcript, sessionId }: AgentState): TranscriptSource | undefined {
    const format = this.deps.formatOf(runtime);
    return format === undefined || transcript === null ? undefined : { path: transcript, runtime, format, sessionId };
  }
}
