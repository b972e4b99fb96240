import path from 'node:path';
import { type GenericSchema, number, object, string } from 'valibot';
import type { Workspace } from '../../protocol/models.ts';
import type { Changes } from '../changes.ts';
import type { AgentEvent, RunnerEvent } from '../events/agentEvent.ts';
import type { SpoolListener } from '../events/spool.ts';
import { KeyedMutex } from '../files/keyedMutex.ts';
import { readChecked } from '../files/readChecked.ts';
import type { RunnerPaths } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import type { Clock, Log } from '../ports.ts';
import type { RuntimeBehaviour } from '../runtimes/runtimeBehaviour.ts';
import type { ExitRecord } from '../tmux/launchScript.ts';
import type { PaneWatch } from '../tmux/paneWatch.ts';
import type { AgentEnder } from './agentEnder.ts';
import type { AgentReader } from './agentReader.ts';
import type { AgentSigns } from './agentSigns.ts';
import type { AgentState } from './agentState.ts';
import type { AgentStore } from './agentStore.ts';
import { describeOutcome } from './describeOutcome.ts';
import { endsTurn } from './endsTurn.ts';
import type { AgentHistory, EventLog } from './eventLog.ts';
import type { HookHandover } from './hookHandover.ts';
import type { PaneFact } from './judgeStatus.ts';
import type { Mailbox } from './mailbox.ts';
import { ownConversation } from './ownConversation.ts';
import { launchedEvent, runnerEvent } from './runnerEvents.ts';
import type { Teller } from './teller.ts';

export interface AgentSupervisorDeps {
  paths: RunnerPaths;
  clock: Clock;
  log: Log;
  changes: Changes;
  mutex: KeyedMutex;
  store: AgentStore;
  events: EventLog;
  reader: AgentReader;
  ender: AgentEnder;
  teller: Teller;
  mailbox: Mailbox;
  handover: HookHandover;
  panes: PaneWatch;
  platform: Pick<Platform, 'startTimeOf'>;
  workspaces: { get(issueId: string): Promise<Workspace | undefined> };
  signs: AgentSigns;
  behaviourOf(runtime: string): RuntimeBehaviour;
  /** What else wants to hear of an agent's events, after they were taken. */
  listeners: AgentListener[];
}

export interface AgentListener {
  /** One event of the present launch. */
  onEvent?(state: AgentState, event: AgentEvent): void;
  /** A living agent, at its start, at the daemon's start, and whenever its conversation or transcript changed. */
  onAgent?(state: AgentState): Promise<void>;
}

const exitSchema = object({ launchId: string(), exitCode: number(), at: string() }) satisfies GenericSchema<
  unknown,
  ExitRecord
>;

/** A message that could not be typed is tried again after this. */
const retryMs = 5_000;

/** Takes what happened to agents: their hooks' events and their programs' deaths. Polls nothing. */
export class AgentSupervisor implements SpoolListener {
  private readonly deps: AgentSupervisorDeps;
  private readonly deaths = new KeyedMutex();
  private readonly retries = new Set</* agent id */ string>();
  private readonly paneFacts = new Map</* agent id */ string, string>();

  constructor(deps: AgentSupervisorDeps) {
    this.deps = deps;
  }

  /** Brings what was recorded in line with what is there now; called once when a daemon starts. */
  async reconcile(): Promise<void> {
    const { store, panes, log } = this.deps;
    for (const stored of await store.list()) {
      if (stored.kind !== 'ok') continue;
      try {
        await this.reconcileOne(stored.state);
      } catch (error) {
        log.error(`${stored.id} could not be reconciled`, error);
      }
    }
    panes.onChange((sessions) => void this.noticePanes(sessions));
  }

  /** A launch has begun. */
  async begin(state: AgentState): Promise<void> {
    this.deps.signs.forget(state.id);
    await this.deps.handover.settle(state);
    await this.deps.teller.entered.queueAgain(state.id);
    await this.lookAt(state);
    // What was told of its end before its launch was noted was not believed, and is not told again.
    await this.noticeDeathOnce(state);
  }

  /** Begins to follow the work that agents were handed. The spool was read before: it may tell that some was taken. */
  async followHandedWork(): Promise<void> {
    const stored = await this.deps.store.list();
    await this.deps.handover.start(stored.flatMap((each) => (each.kind === 'ok' ? [each.state] : [])));
  }

  /** Begins to deliver what waited while no daemon ran. The spool was read before: it may tell that something arrived. */
  deliverWaiting(): void {
    const { store, mutex, log } = this.deps;
    const failed = (error: unknown): void => log.error('waiting messages were not delivered', error);
    const deliver = async (): Promise<void> => {
      for (const { id } of await store.list()) mutex.run(id, () => this.deliverTo(id)).catch(failed);
    };
    deliver().catch(failed);
  }

  /** The same for one agent, when what hindered it may have passed. */
  deliverSoon(agentId: string): void {
    const { clock, mutex, log } = this.deps;
    const failed = (error: unknown): void => log.error(`the messages to ${agentId} were not delivered`, error);
    // One at a time, however many events and signs ask for it.
    if (this.retries.has(agentId)) return;
    this.retries.add(agentId);
    clock.after(retryMs, () => {
      this.retries.delete(agentId);
      mutex.run(agentId, () => this.deliverTo(agentId)).catch(failed);
    });
  }

  /** Something else than a report shows that an agent went on: what waits for it may be delivered. */
  onSign(agentId: string): void {
    const { mailbox, mutex, log, store, teller } = this.deps;
    const deliver = async (): Promise<void> => {
      const stored = await store.get(agentId);
      if (stored?.kind === 'ok') await teller.settleIdle(stored.state);
      if ((await mailbox.queued(agentId)).length > 0) await mutex.run(agentId, () => this.deliverTo(agentId));
    };
    deliver().catch((error: unknown) => log.error(`the messages to ${agentId} were not delivered`, error));
  }

  async onEvent(agentId: string, event: AgentEvent): Promise<void> {
    const { store, events, changes, teller, listeners } = this.deps;
    const stored = await store.get(agentId);
    if (stored === undefined) return;
    const known = stored.kind === 'ok' ? await this.translated(stored.state, event) : event;
    if (known === undefined) return;
    await events.append(agentId, known);
    if (stored.kind === 'ok' && stored.state.launchId !== known.launchId) return;
    teller.noticePrompt(agentId, known);
    changes.fire({ scope: 'agents', ids: [agentId] });
    if (stored.kind !== 'ok') return;
    for (const listener of listeners) listener.onEvent?.(stored.state, known);
    this.follow(stored.state, known);
  }

  async onPaneDied(session: string): Promise<void> {
    await this.deps.panes.refresh();
    await this.noticePanes([session]);
  }

  /**
   * The event in the runner's words; undefined for what is not this agent's: a tool that an agent starts by itself
   * inherits its variables, and reports a conversation of its own.
   */
  private async translated(state: AgentState, event: AgentEvent): Promise<AgentEvent | undefined> {
    if (event.source !== 'hook') return event;
    const translate = this.deps.behaviourOf(state.runtime).translate;
    const words = translate === undefined ? event.event : translate(event.event);
    if (words === undefined) return undefined;
    if (state.launchId === event.launchId) {
      const conversation = ownConversation(state, words, (await this.deps.events.history(state.id)).activity);
      if (conversation === undefined) return undefined;
      if (conversation !== state) await this.noteConversation(conversation);
    }
    return { ...event, event: words };
  }

  private async noteConversation({ id, launchId, sessionId, transcript }: AgentState): Promise<void> {
    const noted = await this.deps.store.update(id, (now) =>
      now.launchId === launchId ? { ...now, sessionId, transcript } : now,
    );
    if (noted !== undefined) await this.lookAt(noted);
  }

  private async lookAt(state: AgentState): Promise<void> {
    await this.deps.signs.follow(state);
    for (const listener of this.deps.listeners) await listener.onAgent?.(state);
  }

  /** What an event makes due is done beside the spool, which must not wait for it. */
  private follow(state: AgentState, event: AgentEvent): void {
    const { mutex, log } = this.deps;
    const due = async (): Promise<void> => {
      const stored = await this.deps.store.get(state.id);
      if (stored?.kind !== 'ok' || stored.state.launchId !== event.launchId) return;
      await this.deps.teller.entered.settle(stored.state, event);
      await this.deps.handover.settle(stored.state);
      if (stored.state.intent === 'running') await this.deliverMail(stored.state);
      else if (endsTurn(event)) await this.finishEnding(stored.state);
    };
    mutex.run(state.id, due).catch((error: unknown) => log.error(`${state.id}: what an event made due failed`, error));
  }

  /** Beside, when its other changes allow it. */
  private settleHook(agentId: string): void {
    const { mutex, store, handover, log } = this.deps;
    const settle = async (): Promise<void> => {
      const stored = await store.get(agentId);
      if (stored?.kind === 'ok') await handover.settle(stored.state);
    };
    mutex.run(agentId, settle).catch((error: unknown) => log.error(`the hook of ${agentId} was not settled`, error));
  }

  private async deliverTo(agentId: string): Promise<void> {
    const stored = await this.deps.store.get(agentId);
    if (stored?.kind === 'ok' && stored.state.intent === 'running') await this.deliverMail(stored.state);
  }

  private async deliverMail(state: AgentState): Promise<void> {
    if ((await this.deps.mailbox.queued(state.id)).length > 0) await this.deps.teller.deliverQueued(state);
  }

  private async finishEnding(state: AgentState): Promise<void> {
    if (state.leader === null) return;
    const workspace = await this.deps.workspaces.get(state.issueId).catch(() => undefined);
    await this.deps.ender.finish(state, describeOutcome(workspace, state.intent) ?? state.outcome);
    this.deps.changes.fire({ scope: 'agents', ids: [state.id] });
  }

  private async noticePanes(named: readonly string[] | 'all'): Promise<void> {
    const sessions = named === 'all' ? (await this.deps.store.list()).map(({ id }) => id) : named;
    for (const session of sessions) {
      try {
        const stored = await this.deps.store.get(session);
        if (stored?.kind === 'ok') await this.noticeDeathOnce(stored.state);
      } catch (error) {
        this.deps.log.error(`the end of ${session} was not noted`, error);
      }
    }
    await this.deps.signs.noticeTitles(sessions);
    const changed = sessions.filter((session) => this.isNews(session));
    if (changed.length > 0) this.deps.changes.fire({ scope: 'agents', ids: changed });
  }

  /** A title that moves, as that of a busy tool does every second, is none. */
  private isNews(session: string): boolean {
    const snapshot = this.deps.panes.snapshot();
    const attached = snapshot.kind === 'ok' && snapshot.panes.get(session)?.attached === true;
    const { kind } = this.deps.reader.paneFact(session);
    const facts = `${kind}${attached ? ', attached' : ''}`;
    if (this.paneFacts.get(session) === facts) return false;
    if (kind === 'gone') this.paneFacts.delete(session);
    else this.paneFacts.set(session, facts);
    return true;
  }

  private async reconcileOne(state: AgentState): Promise<void> {
    const { events, reader, clock } = this.deps;
    const history = await events.history(state.id);
    const pane = reader.paneFact(state.id);
    if (history.launchId !== state.launchId && state.intent === 'running') {
      await events.append(state.id, launchedEvent(state, state.startedAt));
      if (pane.kind === 'gone') {
        const message = 'the runner stopped while it was starting it';
        await events.append(state.id, runnerEvent(state, clock.now().toISOString(), { type: 'startFailed', message }));
        return;
      }
    }
    const known = await this.withLeader(state, pane);
    if (shouldHaveEnded(known, history)) await this.finishEnding(known);
    await this.noticeDeathOnce(known);
    if (known.intent === 'running' && reader.mayLive(known.id)) await this.lookAt(known);
  }

  /** A daemon that was killed right after it started the terminal did not live to note who leads it. */
  private async withLeader(state: AgentState, pane: PaneFact): Promise<AgentState> {
    const snapshot = this.deps.panes.snapshot();
    const pid = snapshot.kind === 'ok' ? snapshot.panes.get(state.id)?.pid : undefined;
    if (pane.kind !== 'alive' || state.leader !== null || pid === undefined) return state;
    const startTime = await this.deps.platform.startTimeOf(pid);
    if (startTime === undefined) return state;
    const leader = { pid, startTime };
    const isSame = (now: AgentState): boolean => now.launchId === state.launchId && now.leader === null;
    return (await this.deps.store.update(state.id, (now) => (isSame(now) ? { ...now, leader } : now))) ?? state;
  }

  /** Two signs of one death may come at the same moment. */
  private noticeDeathOnce(state: AgentState): Promise<void> {
    return this.deaths.run(state.id, () => this.noticeDeath(state));
  }

  private async noticeDeath(state: AgentState): Promise<void> {
    const { clock, reader, events, ender } = this.deps;
    const fact = reader.paneFact(state.id);
    const history = await events.history(state.id);
    if (history.launchId !== state.launchId || state.intent !== 'running') return;
    if (fact.kind === 'alive' || fact.kind === 'unknown') return;
    if (history.activity.kind === 'dead' || history.activity.kind === 'startFailed') return;
    const death = await this.deathOf(state, fact);
    await events.append(state.id, runnerEvent(state, clock.now().toISOString(), death));
    this.settleHook(state.id);
    if (fact.kind === 'dead') await ender.keepScreen(state.id);
  }

  /** The launch script's record is surer than tmux, which can miss how a program ended (3.3a). */
  private async deathOf(state: AgentState, fact: PaneFact & { kind: 'dead' | 'gone' }): Promise<RunnerEvent> {
    const exit = await readChecked(path.join(this.deps.paths.agent(state.id).folder, 'exit.json'), exitSchema);
    if (exit.kind === 'ok' && exit.value.launchId === state.launchId) {
      return { type: 'died', exitCode: exit.value.exitCode, signal: null };
    }
    return fact.kind === 'gone' ? { type: 'gone' } : { type: 'died', exitCode: fact.exitCode, signal: fact.signal };
  }
}

/** Whether a daemon that was killed left an ending half done. Who says itself that it is done goes on to its turn's end. */
function shouldHaveEnded(state: AgentState, { activity, recent }: AgentHistory): boolean {
  if (state.intent !== 'done') return state.intent === 'killed';
  if (!state.capabilities.reportsEvents) return true;
  const last = recent.findLast((entry) => entry.source === 'runner' && entry.event.type === 'intent');
  if (last?.source === 'runner' && last.event.type === 'intent' && last.event.by === 'user') return true;
  return activity.kind === 'idle' || activity.kind === 'ended' || activity.kind === 'parked';
}
