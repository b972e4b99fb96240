import type { Changes } from '../changes.ts';
import type { Clock, Environment, Log } from '../ports.ts';
import type { LiveSign, RuntimeBehaviour, TitleSign } from '../runtimes/runtimeBehaviour.ts';
import type { PaneWatch } from '../tmux/paneWatch.ts';
import type { AgentState } from './agentState.ts';
import type { AgentStore } from './agentStore.ts';
import { LiveFileWatch } from './liveFileWatch.ts';
import { titleSettlesMs } from './reconcile.ts';
import { SignBoard } from './signBoard.ts';

export interface AgentSignsDeps {
  store: AgentStore;
  panes: Pick<PaneWatch, 'snapshot'>;
  changes: Pick<Changes, 'fire'>;
  clock: Clock;
  log: Log;
  /** The environment that agents of this runtime get: it says where the tool keeps its files. */
  envOf(runtime: string): Promise<Environment>;
  behaviourOf(runtime: string): RuntimeBehaviour;
  /** Called after a sign changed. */
  onSign(agentId: string): void;
}

const dialogClosed: TitleSign = { state: 'busy', detail: 'its dialog was closed' };

/** Collects what can be seen of agents beside their own reports: titles, files of living processes, transcripts. */
export class AgentSigns {
  private readonly deps: AgentSignsDeps;
  private readonly board = new SignBoard();
  private readonly liveFiles: LiveFileWatch;
  private readonly growth = new Map</* agent id */ string, /* ISO 8601 */ string>();
  private readonly unseen = new Set</* agent id */ string>();
  private readonly agents = new Map</* session id */ string, /* agent id */ string>();

  constructor(deps: AgentSignsDeps) {
    this.deps = deps;
    this.liveFiles = new LiveFileWatch({ log: deps.log, onSign: (id, sign) => this.noticeFile(id, sign) });
  }

  of(agentId: string): LiveSign[] {
    return this.board.of(agentId);
  }

  /** When its transcript last grew; null when that was not seen. */
  grewAt(agentId: string): string | null {
    return this.growth.get(agentId) ?? null;
  }

  /** Its transcript will be looked at: it may have grown meanwhile. */
  awaitLook(agentId: string): void {
    this.unseen.add(agentId);
  }

  noticeLook(agentId: string): void {
    if (this.unseen.delete(agentId)) this.deps.changes.fire({ scope: 'agents', ids: [agentId] });
  }

  /** Whether its transcript was not looked at yet, so that its silence proves nothing. */
  mayHaveGrown(agentId: string): boolean {
    return this.unseen.has(agentId);
  }

  /** Only a sign of life, which nobody needs to be told of. */
  noticeGrowth(agentId: string, at: string): void {
    this.growth.set(agentId, at);
  }

  /** Begins to look at an agent, or at what is new about it. */
  async follow(state: AgentState): Promise<void> {
    this.forgetSessions(state.id);
    if (state.sessionId !== null) this.agents.set(state.sessionId, state.id);
    const { liveFile } = this.deps.behaviourOf(state.runtime);
    if (liveFile !== undefined)
      await this.liveFiles.follow(liveFile.folder(await this.deps.envOf(state.runtime)), liveFile);
    await this.noticeTitles([state.id]);
  }

  /** What was seen of the last launch says nothing about the next. */
  forget(agentId: string): void {
    this.forgetSessions(agentId);
    this.board.forget(agentId);
    this.growth.delete(agentId);
  }

  async noticeTitles(sessions: readonly string[]): Promise<void> {
    const snapshot = this.deps.panes.snapshot();
    if (snapshot.kind !== 'ok') return;
    for (const session of sessions) {
      const stored = await this.deps.store.get(session);
      const pane = snapshot.panes.get(session);
      if (stored?.kind !== 'ok' || pane === undefined) continue;
      const sign = pane.dead ? undefined : this.deps.behaviourOf(stored.state.runtime).titleSign?.(pane.title);
      if (sign === undefined) this.noticeNoTitle(session);
      else this.noticeTitle(session, sign);
    }
  }

  private forgetSessions(agentId: string): void {
    for (const [sessionId, agent] of this.agents) if (agent === agentId) this.agents.delete(sessionId);
  }

  private noticeTitle(agentId: string, sign: TitleSign): void {
    const { clock } = this.deps;
    const isNews = this.board.put(agentId, { ...sign, source: 'title', since: clock.now().toISOString(), until: null });
    if (!isNews) return;
    this.tell(agentId);
    // What it means may show only when it has stood for a while.
    clock.after(titleSettlesMs, () => this.tell(agentId));
  }

  /** Where a busy title says nothing of its own, the end of one that asked still tells that the dialog was closed. */
  private noticeNoTitle(agentId: string): void {
    const before = this.of(agentId).find(({ source }) => source === 'title');
    if (before?.state === 'waiting') this.noticeTitle(agentId, dialogClosed);
    else if (before !== undefined && before.detail !== dialogClosed.detail) this.drop(agentId, 'title');
  }

  put(agentId: string, sign: LiveSign): void {
    if (this.board.put(agentId, sign)) this.tell(agentId);
  }

  drop(agentId: string, source: LiveSign['source']): void {
    if (this.board.drop(agentId, source)) this.tell(agentId);
  }

  stop(): void {
    this.liveFiles.stop();
  }

  private noticeFile(sessionId: string, sign: LiveSign | undefined): void {
    const agentId = this.agents.get(sessionId);
    if (agentId === undefined) return;
    if (sign !== undefined) this.put(agentId, sign);
    else this.drop(agentId, 'sessionFile');
  }

  private tell(agentId: string): void {
    this.deps.changes.fire({ scope: 'agents', ids: [agentId] });
    this.deps.onSign(agentId);
  }
}
