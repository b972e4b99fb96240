import { ulid } from 'ulid';
import type { Muting, Notice, WindowState } from '../../protocol/attention.ts';
import { UserError } from '../../protocol/errors.ts';
import type { AgentId } from '../../protocol/issueId.ts';
import type { Agent } from '../../protocol/models.ts';
import type { AgeParams } from '../../protocol/requests.ts';
import type { Changes } from '../changes.ts';
import type { Clock, Log } from '../ports.ts';
import { oneLine } from '../text/sanitize.ts';
import { AgeTicks } from './ageTicks.ts';
import type { AttentionFile } from './attentionFile.ts';
import { chooseWindow, type KnownWindow, leadingWindow } from './chooseWindow.ts';
import { composeNotice } from './composeNotice.ts';
import { decideDesktop } from './decideDesktop.ts';
import { type Decision, decideNotices, mostInRow } from './decideNotices.ts';
import type { DesktopNotifier } from './desktopNotifier.ts';
import { FollowedAgents, missingFrom } from './followedAgents.ts';
import { type News, newsOf } from './news.ts';
import type { Subject } from './noticeText.ts';
import { quietUntil } from './quietHours.ts';
import { UntoldNews } from './untoldNews.ts';
import { Wakeup } from './wakeup.ts';

/** A window, as far as it can be told something. */
export interface WindowClient {
  present(notice: Notice): void;
  didAge(aged: AgeParams): void;
}

export interface AttentionServiceDeps {
  clock: Clock;
  log: Log;
  changes: Changes;
  file: Pick<AttentionFile, 'read' | 'write'>;
  desktop: Pick<DesktopNotifier, 'show'>;
  /** All, or these. */
  agents(ids?: AgentId[]): Promise<Agent[]>;
  /** What is said beside the agent itself. */
  detailsOf(news: News, agent: Agent): Promise<Pick<Subject, 'request' | 'changes'>>;
}

/** Changes come in crowds: they are looked at together. */
const crowdMs = 100;

/**
 * Decides what people are told of, when, and in which window. Windows say how they are. While there are none nothing is
 * looked at and no timer runs: who comes then gets a summary of what was not told.
 */
export class AttentionService {
  private readonly deps: AttentionServiceDeps;
  private readonly windows = new Map<WindowClient, KnownWindow<WindowClient>>();
  private readonly agents: FollowedAgents;
  private readonly ages = new AgeTicks();
  private readonly wakeup: Wakeup;
  private news: UntoldNews;
  private until: Muting['until'] = null;
  private readonly finishing = new Set<AgentId>();
  private isArrival = true;
  /** Since a person last acted. */
  private presentedAtMs: number[] = [];
  /** The same on the desktop; since a person acted or came back. */
  private shownAtMs: number[] = [];
  private unsubscribe: () => void = () => undefined;

  constructor(deps: AttentionServiceDeps) {
    this.deps = deps;
    this.news = new UntoldNews([], deps.clock.now());
    this.agents = new FollowedAgents(deps);
    const onError = (error: unknown) => deps.log.error('who needs somebody could not be found out', error);
    this.wakeup = new Wakeup({ clock: deps.clock, run: () => this.pass(), onError });
  }

  async start(): Promise<void> {
    const { told, until } = await this.deps.file.read();
    this.news = new UntoldNews(told, this.deps.clock.now());
    this.until = until;
    this.unsubscribe = this.deps.changes.listen(({ scope, ids }) => {
      if (scope !== 'agents' || this.windows.size === 0) return;
      this.agents.changed(ids);
      this.wakeup.within(crowdMs);
    });
  }

  stop(): void {
    this.unsubscribe();
    this.wakeup.cancel();
  }

  /** What a window says of itself, whenever it changes; it counts until `closed`. */
  window(client: WindowClient, state: WindowState): void {
    const before = this.windows.get(client);
    const getsFocus = state.focused && before?.state.focused !== true;
    const focusedAtMs = getsFocus ? this.deps.clock.monotonicMs() : (before?.focusedAtMs ?? Number.NEGATIVE_INFINITY);
    this.windows.set(client, { client, state, focusedAtMs });
    if (getsFocus) this.shownAtMs = [];
    // Looking at what one was told of is acting.
    if (state.focused && state.lookingAt.some((agentId) => this.news.wasTold(agentId))) this.acted();
    this.wakeup.within(0);
  }

  closed(client: WindowClient): void {
    this.windows.delete(client);
    if (this.windows.size === 0) this.rest();
  }

  muting(): Muting {
    return { until: this.isMuted() ? this.until : null };
  }

  /** @throws UserError when `until` is no time. */
  async mute({ until }: Muting): Promise<Muting> {
    if (until !== null && until !== 'always' && Number.isNaN(Date.parse(until))) throw notATime(until);
    this.until = until;
    await this.save();
    this.deps.changes.fire({ scope: 'attention', ids: [] });
    if (this.windows.size > 0) this.wakeup.within(0);
    return this.muting();
  }

  /** A person marks the agent done: that is no news, from when it begins to take effect. */
  async finishedByPerson(agentId: AgentId, finish: () => Promise<Agent>): Promise<Agent> {
    this.finishing.add(agentId);
    try {
      const agent = await finish();
      const news = newsOf(agent);
      if (news !== undefined) this.news.tell([news]);
      await this.save();
      return agent;
    } finally {
      this.finishing.delete(agentId);
    }
  }

  private rest(): void {
    this.wakeup.cancel();
    this.agents.forget();
    this.news.forget();
    this.isArrival = true;
  }

  private async pass(): Promise<void> {
    if (this.windows.size === 0) return;
    if (this.until !== null && !this.isMuted()) await this.mute({ until: null });
    await this.look();
    this.tellAges();
    const policy = leadingWindow(this.known())?.state.policy;
    if (policy === undefined) return this.rest();
    const pauseEndsMs = this.pauseEndsMs(policy.quietHours);
    const circumstances = {
      untold: this.news.untold().filter(({ news }) => !(news.kind === 'finished' && this.finishing.has(news.agentId))),
      windows: this.known().map(({ state }) => state),
      policy,
      isPaused: pauseEndsMs !== undefined,
      presentedAtMs: this.presentedAtMs,
      nowMs: this.deps.clock.monotonicMs(),
    };
    const decision = decideNotices(circumstances);
    const desktop = decideDesktop({ ...circumstances, shownAtMs: this.shownAtMs });
    this.news.miss(decision.missed, pauseEndsMs === undefined ? 'away' : 'paused');
    this.news.tell(decision.silent);
    if (decision.present.length > 0) await this.announce(decision);
    else if (decision.silent.length > 0) await this.save();
    this.news.leaveDesktop(desktop.silent);
    if (desktop.present.length > 0) await this.showOnDesktop(desktop);
    this.waitFor([decision.againAtMs, desktop.againAtMs], pauseEndsMs);
  }

  /** Takes what changed. */
  private async look(): Promise<void> {
    const { agents, gone, isAll } = await this.agents.look();
    this.take(agents, this.isArrival);
    this.news.drop(gone);
    if (!isAll) return;
    this.news.keepOnly(new Set(agents.map(({ id }) => id)));
    this.isArrival = false;
  }

  private take(agents: readonly Agent[], isArrival: boolean): void {
    const look = { nowMs: this.deps.clock.monotonicMs(), now: this.deps.clock.now(), isArrival };
    const acted = agents.filter((agent) => this.news.take(agent, look));
    if (acted.length > 0) this.acted();
  }

  private acted(): void {
    this.presentedAtMs = [];
    this.shownAtMs = [];
  }

  private tellAges(): void {
    const aged = this.ages.aged(this.agents.all(), this.deps.clock.now());
    for (const { client, state } of aged.length === 0 ? [] : this.known()) {
      const agents = state.showsAgents ? aged : aged.filter((agentId) => this.news.isNeed(agentId));
      if (agents.length > 0) client.didAge({ agents });
    }
  }

  /** What is still so, in one window. It is kept as told first: a daemon that ends in between must not tell it again. */
  private async announce(decision: Pick<Decision, 'present' | 'summary'>): Promise<void> {
    const { current, notice } = await this.compose(decision);
    const projects = current.map(({ project }) => project);
    const window = chooseWindow(this.known(), projects);
    // Meanwhile it passed, or the last window lost the focus: that is decided anew.
    if (notice === undefined || window === undefined) return this.wakeup.within(0);
    this.news.tell(current);
    this.presentedAtMs = [...this.presentedAtMs, this.deps.clock.monotonicMs()].slice(-mostInRow);
    await this.save();
    window.client.present(notice);
  }

  /** What is still so, for somebody who sees no window. Windows go on as if nothing had been shown. */
  private async showOnDesktop(decision: Pick<Decision, 'present' | 'summary'>): Promise<void> {
    const { current, notice } = await this.compose(decision);
    const isAway = this.known().every(({ state }) => !state.focused);
    // Meanwhile it passed, or a window got the focus: that is decided anew.
    if (notice === undefined || !isAway) return this.wakeup.within(0);
    this.news.leaveDesktop(current);
    this.shownAtMs = [...this.shownAtMs, this.deps.clock.monotonicMs()].slice(-mostInRow);
    void this.deps.desktop.show(notice.text);
  }

  /** The notice about those of these that are still so. */
  private async compose({
    present,
    summary,
  }: Pick<Decision, 'present' | 'summary'>): Promise<{ current: News[]; notice: Notice | undefined }> {
    const asked = present.map(({ agentId }) => agentId);
    const found = await this.deps.agents(asked);
    this.take(found, false);
    const gone = missingFrom(found, asked);
    this.agents.drop(gone);
    this.news.drop(gone);
    const agents = new Map(found.map((each) => [each.id, each]));
    const current = present.filter((news) => this.news.isCurrent(news));
    const isOne = current.length === 1 && summary === null;
    const subjects: Subject[] = [];
    for (const news of current) {
      const agent = agents.get(news.agentId);
      const details = agent !== undefined && isOne ? await this.deps.detailsOf(news, agent) : null;
      if (agent !== undefined) subjects.push({ news, agent, request: null, changes: null, ...details });
    }
    const now = this.deps.clock.now();
    return { current, notice: composeNotice(ulid(now.getTime()), subjects, summary, now) };
  }

  private waitFor(againAtMs: readonly (number | null)[], pauseEndsMs: number | undefined): void {
    const now = this.deps.clock.now();
    const showsAll = this.known().some(({ state }) => state.showsAgents);
    const ageing = showsAll ? this.agents.all() : this.agents.all().filter(({ id }) => this.news.isNeed(id));
    const waits = [
      ...againAtMs.map((atMs) => (atMs === null ? null : atMs - this.deps.clock.monotonicMs())),
      pauseEndsMs ?? null,
      this.agents.untilLook(),
      this.ages.untilNext(ageing, now),
    ].filter((wait) => wait !== null);
    if (waits.length > 0 && this.windows.size > 0) this.wakeup.within(Math.max(0, Math.min(...waits)));
  }

  /** Milliseconds until notifications are not paused any more; undefined when they are not. */
  private pauseEndsMs(quietHours: readonly string[]): number | undefined {
    const now = this.deps.clock.now();
    if (this.until === 'always') return Number.POSITIVE_INFINITY;
    const ends = [quietUntil(quietHours, now)?.getTime() ?? null, this.until === null ? null : Date.parse(this.until)];
    const latestMs = Math.max(...ends.filter((end) => end !== null)) - now.getTime();
    return latestMs > 0 ? latestMs : undefined;
  }

  private isMuted(): boolean {
    if (this.until === null || this.until === 'always') return this.until === 'always';
    return Date.parse(this.until) > this.deps.clock.now().getTime();
  }

  private known(): KnownWindow<WindowClient>[] {
    return [...this.windows.values()];
  }

  private save(): Promise<void> {
    return this.deps.file.write({ until: this.until, told: this.news.toldKeys() });
  }
}

function notATime(until: string): UserError {
  return new UserError({
    code: 'notATime',
    message: `Notifications cannot be paused until "${oneLine(until, 40)}": it is no time.`,
    hint: 'Give a time such as 2026-11-22T18:00:00Z, or always.',
    kind: 'usage',
  });
}
