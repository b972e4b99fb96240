import type { Clock, Log } from '../ports.ts';
import type { SpawnPiped } from '../spawnPiped.ts';
import { messageOf } from '../text/messageOf.ts';
import { ControlClient } from './controlClient.ts';
import { type Pane, paneFormat, parsePanes } from './pane.ts';
import { paneTarget } from './target.ts';
import { type TmuxServer, watchSession } from './tmuxServer.ts';

export type PanesSnapshot =
  | { kind: 'ok'; panes: ReadonlyMap</* session */ string, Pane> }
  /** No server runs: no agent's terminal lives. */
  | { kind: 'noServer' }
  /** tmux could not be asked, which says nothing about any agent. */
  | { kind: 'failed'; reason: string };

/** Hears of the sessions whose panes came, went or changed; `all` when tmux stopped or began to answer. */
export type PaneListener = (sessions: readonly string[] | 'all') => void;

export interface PaneWatchDeps {
  server: TmuxServer;
  spawnPiped: SpawnPiped;
  clock: Clock;
  log: Log;
}

/** One line for the whole server; tmux compares it once a second and tells when it changed. */
const subscription =
  '#{S:#{W:#{P:#{session_name} #{session_attached} #{pane_dead} #{pane_dead_status}/#{pane_dead_signal} #{pane_title}|}}}';

const reconcileMs = 30_000;
/** While tmux cannot be asked every agent is unknown. */
const retryMs = 1_000;
/** After a death tmux knows the status an instant later than the death itself. */
const settleMs = 50;
const maxSettleReads = 5;
const firstBackoffMs = 100;
const longestBackoffMs = 30_000;
/** A client that lived this long did not fail because of how it was started. */
const healthyAfterMs = 10_000;

/**
 * Knows all panes of our server without starting processes: one control client carries the notices (up to a second
 * after the event) and the questions (0.1 ms). Who takes a `<session>.died` from the spool hears of a death in 5 to
 * 8 ms and calls `refresh`. While no server runs there is no client and no timer; who starts a session calls
 * `ensureStarted`.
 */
export class PaneWatch {
  private state: PanesSnapshot = { kind: 'noServer' };
  private stopped = true;
  private client: ControlClient | undefined;
  private connectedAtMs = 0;
  private backoffMs = firstBackoffMs;
  /** The dead panes whose status tmux did not tell yet (before 3.3 it never tells that of a signal). */
  private unsettled = '';
  private settleReads = 0;
  private readonly listeners = new Set<PaneListener>();
  private readonly expected = new Map<string, { isThere: boolean }>();
  private cancelReconcile: (() => void) | undefined;
  private cancelSettle: (() => void) | undefined;
  private cancelReconnect: (() => void) | undefined;
  private reading: Promise<void> | undefined;
  private readAfter: Promise<void> | undefined;

  constructor(private readonly deps: PaneWatchDeps) {}

  /** Resolves when the first snapshot is there. */
  async start(): Promise<void> {
    this.stopped = false;
    await this.refresh();
  }

  /** To be called before a session is started: what the snapshot says of it until `ensureStarted` is out of date. */
  expect(session: string): void {
    this.expected.set(session, { isThere: false });
  }

  /** It will not come. */
  unexpect(session: string): void {
    this.expected.delete(session);
  }

  /** Whether no reading can know yet how the session is. */
  isExpected(session: string): boolean {
    return this.expected.has(session);
  }

  /** To be called after a session was started: there is a server now. Resolves with a fresh snapshot. */
  async ensureStarted(session: string): Promise<void> {
    const expected = this.expected.get(session);
    if (expected !== undefined) expected.isThere = true;
    await this.refresh();
  }

  stop(): void {
    this.stopped = true;
    this.rest();
  }

  snapshot(): PanesSnapshot {
    return this.state;
  }

  /** Returns what ends that. */
  onChange(listener: PaneListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The pid of the control client, while there is one. */
  get clientPid(): number | undefined {
    return this.client?.pid;
  }

  /** Reads all panes now. Never rejects: a failure is in the snapshot. Calls during a reading share the next one. */
  refresh(): Promise<void> {
    if (this.reading === undefined) {
      this.reading = this.read().finally(() => {
        this.reading = undefined;
      });
      return this.reading;
    }
    this.readAfter ??= this.reading.then(() => {
      this.readAfter = undefined;
      return this.refresh();
    });
    return this.readAfter;
  }

  /** What a session's terminal shows, as plain text; over the client it costs no process. */
  async screen(session: string): Promise<string> {
    if (this.client === undefined) return this.deps.server.screen(session);
    return (await this.client.run(`capture-pane -p -t '${paneTarget(session)}'`)).join('\n');
  }

  private async read(): Promise<void> {
    const there = [...this.expected].filter(([, { isThere }]) => isThere);
    const next = (await this.readOverClient()) ?? (await this.readByProcess());
    // One that began before a session was started does not tell of it, even if it ends later.
    const known = there.flatMap(([session, expected]) => (this.expected.get(session) === expected ? session : []));
    for (const session of known) this.expected.delete(session);
    this.publish(next, known);
    if (this.stopped) return;
    if (next.kind === 'noServer') this.rest();
    else this.keepWatching(next);
  }

  private async readOverClient(): Promise<PanesSnapshot | undefined> {
    if (this.client === undefined) return undefined;
    try {
      const lines = await this.client.run(`list-panes -a -F '${paneFormat}'`);
      return snapshotOf(parsePanes(lines));
    } catch {
      // The client has ended or hangs: a process of its own asks instead, and `onClientEnd` sees to a new client.
      return undefined;
    }
  }

  private async readByProcess(): Promise<PanesSnapshot> {
    try {
      const panes = await this.deps.server.readPanes();
      return panes === undefined ? { kind: 'noServer' } : snapshotOf(panes);
    } catch (error) {
      return { kind: 'failed', reason: messageOf(error).replace(/\.$/, '') };
    }
  }

  /** `known`: sessions of which nobody took what an earlier reading said. */
  private publish(next: PanesSnapshot, known: readonly string[]): void {
    // What came and went while tmux could not be asked is not in the snapshots.
    const isAll = (next.kind === 'failed') !== (this.state.kind === 'failed');
    const changed = [...new Set([...known, ...changedSessions(panesOf(this.state), panesOf(next))])];
    this.state = next;
    if (isAll) this.tell('all');
    else if (changed.length > 0) this.tell(changed);
  }

  private tell(changed: readonly string[] | 'all'): void {
    for (const listener of this.listeners) {
      try {
        listener(changed);
      } catch (error) {
        this.deps.log.error('a change of terminals was not taken', error);
      }
    }
  }

  private keepWatching(snapshot: PanesSnapshot): void {
    this.cancelReconcile?.();
    this.cancelReconcile = this.deps.clock.after(
      snapshot.kind === 'failed' ? retryMs : reconcileMs,
      () => void this.refresh(),
    );
    this.readAgainWhileUnsettled(panesOf(snapshot));
    if (snapshot.kind === 'ok' && this.client === undefined && this.cancelReconnect === undefined) this.connect();
  }

  private readAgainWhileUnsettled(panes: ReadonlyMap<string, Pane>): void {
    const dead = [...panes.values()].filter((pane) => pane.dead && pane.exitStatus === null && pane.signal === null);
    const unsettled = dead.map((pane) => pane.pid).join(' ');
    this.settleReads = unsettled === this.unsettled ? this.settleReads + 1 : 0;
    this.unsettled = unsettled;
    this.cancelSettle?.();
    if (unsettled === '' || this.settleReads >= maxSettleReads) return;
    const overdue = this.settleReads > 0;
    this.cancelSettle = this.deps.clock.after(settleMs, () => void (overdue ? this.remindOfTheDead() : this.refresh()));
  }

  /**
   * tmux 3.3a can miss one of two deaths at the same moment: the program stays a zombie, without status and pane-died,
   * until another child of the server ends. So one is made to end.
   */
  private async remindOfTheDead(): Promise<void> {
    // Whether it worked shows in the next reading; `refresh` reports a server that cannot be asked.
    await this.client?.run('run-shell -b :').catch(() => undefined);
    await this.refresh();
  }

  private connect(): void {
    this.connectedAtMs = this.deps.clock.monotonicMs();
    const client = new ControlClient({
      spawnPiped: this.deps.spawnPiped,
      clock: this.deps.clock,
      argv: this.deps.server.controlArgv(),
      onNotice: () => void this.refresh(),
      onEnd: () => this.onClientEnd(client),
    });
    this.client = client;
    // A control client of a daemon that was killed can stay for ever, and with it a server that should end.
    client.run('detach-client -a').catch(() => undefined);
    // Refused by a tmux that cannot subscribe: deaths still come by the spool, the rest by the reconciliation.
    client.run(`refresh-client -B 'panes::${subscription}'`).catch(() => undefined);
  }

  private onClientEnd(client: ControlClient): void {
    if (this.client !== client) return;
    this.client = undefined;
    if (this.stopped) return;
    if (this.deps.clock.monotonicMs() - this.connectedAtMs >= healthyAfterMs) this.backoffMs = firstBackoffMs;
    this.cancelReconnect = this.deps.clock.after(this.backoffMs, () => {
      this.cancelReconnect = undefined;
      void this.refresh();
    });
    this.backoffMs = Math.min(this.backoffMs * 2, longestBackoffMs);
    // Ask at once why it ended: when no server runs any more, the reconnecting is called off again.
    void this.refresh();
  }

  /** No client, no timer. */
  private rest(): void {
    for (const cancel of [this.cancelReconcile, this.cancelSettle, this.cancelReconnect]) cancel?.();
    this.cancelReconcile = this.cancelSettle = this.cancelReconnect = undefined;
    this.backoffMs = firstBackoffMs;
    const client = this.client;
    this.client = undefined;
    client?.end();
  }
}

function snapshotOf(panes: readonly Pane[]): PanesSnapshot {
  return { kind: 'ok', panes: new Map(panes.filter((p) => p.session !== watchSession).map((p) => [p.session, p])) };
}

function panesOf(snapshot: PanesSnapshot): ReadonlyMap<string, Pane> {
  return snapshot.kind === 'ok' ? snapshot.panes : new Map();
}

function changedSessions(before: ReadonlyMap<string, Pane>, after: ReadonlyMap<string, Pane>): string[] {
  const sessions = new Set([...before.keys(), ...after.keys()]);
  return [...sessions].filter((session) => !samePane(before.get(session), after.get(session)));
}

function samePane(a: Pane | undefined, b: Pane | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
