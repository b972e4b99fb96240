import { existsSync } from 'node:fs';
import { dayTime } from '../../protocol/dayTime.ts';
import { type AgentId, compareIssueIds, isAgentId } from '../../protocol/issueId.ts';
import type { Agent, AgentAsk, EvidenceLine, Explanation, HookItem } from '../../protocol/models.ts';
import type { AgentEvent } from '../events/agentEvent.ts';
import type { Clock } from '../ports.ts';
import type { LiveSign, RuntimeBehaviour } from '../runtimes/runtimeBehaviour.ts';
import { oneLine } from '../text/sanitize.ts';
import type { PaneWatch } from '../tmux/paneWatch.ts';
import { noSuchAgent, tmuxUnknown } from './agentFailures.ts';
import type { AgentSigns } from './agentSigns.ts';
import type { AgentState } from './agentState.ts';
import type { AgentStore, StoredAgent } from './agentStore.ts';
import { describeEvent } from './describeEvent.ts';
import type { AgentHistory, EventLog } from './eventLog.ts';
import { howToGoOn } from './howToGoOn.ts';
import { judgeStatus, type PaneFact, type Verdict } from './judgeStatus.ts';
import type { StartsUnderway } from './startsUnderway.ts';
import { workspaceTrouble } from './workspaceTrouble.ts';

export interface AgentReaderDeps {
  store: AgentStore;
  events: EventLog;
  panes: PaneWatch;
  signs: Pick<AgentSigns, 'of' | 'grewAt' | 'mayHaveGrown'>;
  behaviourOf(runtime: string): RuntimeBehaviour;
  hooks: { check(agentId: string): Promise<HookItem[]>; count(agentId: string): Promise<number> };
  /** What it asks first, for rows. */
  asks: { ask(situation: AgentSituation): Promise<AgentAsk | null> };
  underway: Pick<StartsUnderway, 'all'>;
  clock: Clock;
}

/** An agent with everything its verdict rests on. */
export interface AgentSituation {
  state: AgentState;
  history: AgentHistory;
  pane: PaneFact;
  verdict: Verdict;
}

/** Reads agents; changes nothing. */
export class AgentReader {
  private readonly deps: AgentReaderDeps;

  constructor(deps: AgentReaderDeps) {
    this.deps = deps;
  }

  /** All, or those of `ids` that exist; among them those that are being started. */
  async list(ids?: readonly AgentId[]): Promise<Agent[]> {
    // Taken before what is stored is read: a start that ends in between is among either or both.
    const underway = new Map([...this.deps.underway.all()].filter(([id]) => ids?.includes(id) ?? true));
    const stored = ids === undefined ? await this.deps.store.list() : await this.named(ids);
    for (const { id, fence } of stored.map(fenced)) if (fence > (underway.get(id)?.lastFence ?? 0)) underway.delete(id);
    const others = stored.filter(({ id }) => !underway.has(id));
    const agents = await Promise.all([
      ...others.map((each) => this.view(each)),
      ...[...underway.values()].map(async ({ agent }) => ({ ...agent, hookItems: await this.countHook(agent.id) })),
    ]);
    return agents.sort((a, b) => compareIssueIds(a.issueId, b.issueId));
  }

  private async named(ids: readonly AgentId[]): Promise<StoredAgent[]> {
    const known = [...new Set(ids)].filter(isAgentId);
    const found = await Promise.all(known.map((id) => this.deps.store.get(id)));
    return found.filter((each) => each !== undefined);
  }

  /** @throws UserError `noAgent` with ids that may have been meant. */
  async require(agentId: string, issueId: string): Promise<StoredAgent> {
    const stored = await this.deps.store.get(agentId);
    if (stored !== undefined) return stored;
    throw noSuchAgent(
      issueId,
      (await this.deps.store.list()).map((agent) => agent.issueId),
    );
  }

  async situation(state: AgentState): Promise<AgentSituation> {
    const history = await this.deps.events.history(state.id);
    const pane = this.paneFact(state.id);
    const { signs } = this.deps;
    const now = this.deps.clock.now();
    const verdict =
      history.launchId === state.launchId
        ? judgeStatus(
            {
              ...state,
              activity: history.activity,
              activityAt: history.activityAt,
              signs: signs.of(state.id),
              grewAt: signs.mayHaveGrown(state.id) ? now.toISOString() : signs.grewAt(state.id),
              titleTellsStart: this.deps.behaviourOf(state.runtime).titleTellsStart ?? false,
              pane,
              reportsEvents: state.capabilities.reportsEvents,
            },
            now,
          )
        : notLaunchedYet(state);
    return { state, history, pane, verdict };
  }

  async view(stored: StoredAgent): Promise<Agent> {
    const hookItems = await this.countHook(stored.id);
    if (stored.kind === 'unreadable') return unreadableView(stored, hookItems);
    const situation = await this.situation(stored.state);
    const { state, verdict, pane } = situation;
    return {
      id: state.id,
      issueId: state.issueId,
      title: state.title,
      project: state.project,
      node: state.node,
      runtime: state.runtime,
      model: state.model,
      mode: state.mode,
      status: verdict.status,
      reason: oneLine(verdict.reason, 400),
      since: verdict.since,
      workspace: state.workspace,
      branch: state.branch,
      sessionId: state.sessionId,
      fence: state.fence,
      hookItems,
      pid: pane.kind === 'alive' ? (state.leader?.pid ?? null) : null,
      ask: await this.deps.asks.ask(situation),
      parked: verdict.parked === undefined ? null : { cause: verdict.parked.cause, until: verdict.parked.until },
      trouble: workspaceTrouble(state),
    };
  }

  async explain(stored: StoredAgent): Promise<Explanation> {
    const agent = await this.view(stored);
    const now = this.deps.clock.now();
    const verdict: EvidenceLine = {
      at: now.toISOString(),
      source: 'verdict',
      text: `${agent.status}: ${agent.reason}`,
    };
    if (stored.kind === 'unreadable')
      return { agent, evidence: [verdict], ruledOut: [], next: `pan work kill ${agent.issueId}` };
    const situation = await this.situation(stored.state);
    const { state, history, pane } = situation;
    const signs = this.deps.signs.of(state.id);
    const seen = [
      this.deps.panes.isExpected(state.id)
        ? { at: verdict.at, source: 'tmux' as const, text: 'its terminal is being made' }
        : paneLine(pane, agent, verdict.at),
      ...goneLine(state.workspace, verdict.at),
      ...signs.map((sign) => signLine(sign, now)),
      ...growthLine(this.deps.signs.grewAt(state.id)),
      ...history.recent.filter(({ launchId }) => launchId === state.launchId).map(eventLine),
    ];
    return {
      agent,
      evidence: [verdict, ...seen.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))],
      ruledOut: ruledOut(agent, situation),
      next: mendsFirst(agent, pane) ?? howToGoOn({ ...situation, isAsking: agent.ask !== null }, signs),
    };
  }

  /**
   * The same, for acts that must not take a failed probe for a death: asks tmux once more.
   *
   * @throws UserError `tmuxUnknown` when it still cannot be asked.
   */
  async surePane(agentId: string): Promise<Exclude<PaneFact, { kind: 'unknown' }>> {
    if (this.paneFact(agentId).kind === 'unknown') await this.deps.panes.refresh();
    const fact = this.paneFact(agentId);
    if (fact.kind !== 'unknown') return fact;
    throw tmuxUnknown(agentId, fact.reason);
  }

  /** A probe that failed is no death. */
  mayLive(agentId: string): boolean {
    const { kind } = this.paneFact(agentId);
    return kind === 'alive' || kind === 'unknown';
  }

  paneFact(agentId: string): PaneFact {
    const snapshot = this.deps.panes.snapshot();
    if (snapshot.kind === 'failed') return { kind: 'unknown', reason: snapshot.reason };
    // Its terminal is being made; a snapshot from before would be taken for a crash.
    if (this.deps.panes.isExpected(agentId)) return { kind: 'alive' };
    const pane = snapshot.kind === 'ok' ? snapshot.panes.get(agentId) : undefined;
    if (pane === undefined) return { kind: 'gone' };
    return pane.dead ? { kind: 'dead', exitCode: pane.exitStatus, signal: pane.signal } : { kind: 'alive' };
  }

  /** A broken hook.json must not hide the agent; `work hook check` names it. */
  private async countHook(agentId: string): Promise<number> {
    return this.deps.hooks.count(agentId).catch(() => 0);
  }
}

function fenced(stored: StoredAgent): { id: AgentId; fence: number } {
  return { id: stored.id, fence: stored.kind === 'ok' ? stored.state.fence : 0 };
}

/** The state is written before anything is started, so that a crash in between leaves a trace. */
function notLaunchedYet(state: AgentState): Verdict {
  if (state.intent !== 'running')
    return { status: 'stopped', reason: state.outcome ?? 'never started', since: state.intentAt };
  return { status: 'starting', reason: 'preparing its terminal', since: state.startedAt };
}

function unreadableView(stored: StoredAgent & { kind: 'unreadable' }, hookItems: number): Agent {
  return {
    id: stored.id,
    issueId: stored.issueId,
    title: '',
    project: '',
    node: 'local',
    runtime: '',
    model: null,
    mode: 'auto',
    status: 'unreadable',
    reason: stored.reason,
    since: stored.since,
    workspace: '',
    branch: '',
    sessionId: null,
    fence: 0,
    hookItems,
    pid: null,
    ask: null,
    parked: null,
    trouble: null,
  };
}

/** What has to be mended before anything else helps: where nothing runs, a resume makes a missing workspace again. */
function mendsFirst({ trouble }: Agent, pane: PaneFact): string | undefined {
  const isResumable = trouble?.kind === 'workspaceMissing' && pane.kind !== 'alive' && pane.kind !== 'unknown';
  return isResumable ? undefined : trouble?.next;
}

function paneLine(pane: PaneFact, agent: Agent, at: string): EvidenceLine {
  switch (pane.kind) {
    case 'alive':
      return { at, source: 'tmux', text: `its terminal is alive${agent.pid === null ? '' : `, process ${agent.pid}`}` };
    case 'dead':
      return { at, source: 'tmux', text: 'its terminal is there, its program has ended' };
    case 'gone':
      return { at, source: 'tmux', text: 'it has no terminal' };
    case 'unknown':
      return { at, source: 'tmux', text: `tmux could not be asked: ${pane.reason}` };
  }
}

function goneLine(workspace: string, at: string): EvidenceLine[] {
  return existsSync(workspace)
    ? []
    : [{ at, source: 'process', text: `its workspace is gone: there is no ${workspace}` }];
}

function eventLine(entry: AgentEvent): EvidenceLine {
  return { at: entry.at, ...describeEvent(entry), from: 'events.jsonl' };
}

function growthLine(grewAt: string | null): EvidenceLine[] {
  return grewAt === null ? [] : [{ at: grewAt, source: 'transcript', text: 'last line' }];
}

function signLine({ source, state, detail, since, until }: LiveSign, now: Date): EvidenceLine {
  const ends = until === null ? '' : ` until ${dayTime(until, now)}`;
  const words = `${state}${detail === '' ? '' : ` (${oneLine(detail, 200)})`}${ends}`;
  switch (source) {
    case 'title':
      return { at: since, source: 'tmux', text: `title: ${words}` };
    case 'screen':
      return { at: since, source: 'tmux', text: `screen: ${words}` };
    case 'sessionFile':
      return { at: since, source: 'session', text: `file: ${words}` };
    case 'transcript':
      return { at: since, source: 'transcript', text: words };
  }
}

function ruledOut(agent: Agent, { pane, state, history }: AgentSituation): string[] {
  // What is said of a program that never ran would be a guess.
  if (history.activity.kind === 'startFailed') return [];
  const out: string[] = [];
  if (agent.status !== 'crashed' && pane.kind === 'alive') out.push('crashed');
  if (agent.status !== 'waiting' && agent.status !== 'unknown') out.push('open question');
  if (agent.status !== 'parked' && agent.status !== 'unknown') out.push('usage limit', 'logged out');
  if (state.intent === 'running') out.push('stopped on purpose');
  return out;
}
