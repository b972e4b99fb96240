import type { AgentId } from '../../protocol/issueId.ts';
import type { Agent } from '../../protocol/models.ts';
import type { Missed, Untold } from './decideNotices.ts';
import { type News, newsOf } from './news.ts';

/** Work that was finished longer ago than this is no news to somebody who comes now. */
const newsOfLateMs = 24 * 60 * 60_000;

/** What is known of titles and screens alone is dated anew when a runner starts: within this time. */
const firstLooksMs = 60_000;
/** First words of the marks that end with a date. */
const datedMarks: ReadonlySet<string> = new Set(['waits', 'stuck', 'login', 'model', 'limit']);

/** When an agent was looked at. `isArrival`: for somebody who has just come, so that what is so is not what happens. */
export interface Look {
  nowMs: number;
  now: Date;
  isArrival: boolean;
}

/** What there is to tell of agents, and what was told. */
export class UntoldNews {
  private readonly current = new Map<AgentId, Untold>();
  /** The last that was told of each agent. It stays when the agent goes on: a request that shows again is no other. */
  private readonly told = new Map<AgentId, /* key */ string>();
  private readonly startedMs: number;

  /** `told` is what `toldKeys` said before; `startedAt`: when this runner began to look. */
  constructor(told: readonly string[], startedAt: Date) {
    this.startedMs = startedAt.getTime();
    for (const key of told) this.told.set(key.split(' ')[0] ?? '', key);
  }

  /** In the order in which they were seen. */
  untold(): Untold[] {
    return [...this.current.values()].filter(({ news }) => !this.isTold(news));
  }

  toldKeys(): string[] {
    return [...this.told.values()];
  }

  isCurrent({ agentId, key }: News): boolean {
    return this.current.get(agentId)?.news.key === key;
  }

  isNeed(agentId: AgentId): boolean {
    return this.current.get(agentId)?.news.isNeed ?? false;
  }

  wasTold(agentId: AgentId): boolean {
    const news = this.current.get(agentId)?.news;
    return news !== undefined && this.isTold(news);
  }

  tell(news: readonly News[]): void {
    for (const { agentId, key } of news) this.told.set(agentId, key);
  }

  miss(news: readonly News[], missed: Missed): void {
    this.change(news, { missed });
  }

  /** The desktop showed it, or does not. */
  leaveDesktop(news: readonly News[]): void {
    this.change(news, { isForDesktop: false });
  }

  /** Takes an agent as it is now. Returns whether a person must have acted: a need that was told is none any more. */
  take(agent: Agent, look: Look): boolean {
    // Nothing is known for a while; that is no end of anything.
    if (agent.status === 'unknown') return false;
    const before = this.current.get(agent.id);
    const news = newsOf(agent);
    if (before !== undefined && before.news.key === news?.key) return false;
    const wasTold = this.wasTold(agent.id);
    this.current.delete(agent.id);
    const isSame = before !== undefined && news !== undefined && isMoreOf(before.news, news);
    if (news !== undefined) {
      this.current.set(agent.id, isSame ? { ...before, news } : seen(news, look));
      if ((isSame && wasTold) || isOld(news, look) || this.isToldBefore(news)) this.tell([news]);
    }
    return wasTold && !isSame && before !== undefined && needsAct(before.news);
  }

  /** What is so now is not known any more; what was told is. */
  forget(): void {
    this.current.clear();
  }

  /** Forgets agents that are not there any more. */
  keepOnly(agents: ReadonlySet<AgentId>): void {
    this.drop([...this.current.keys(), ...this.told.keys()].filter((agentId) => !agents.has(agentId)));
  }

  /** Forgets these: they are not there any more. */
  drop(agentIds: readonly AgentId[]): void {
    for (const agentId of agentIds) {
      this.current.delete(agentId);
      this.told.delete(agentId);
    }
  }

  private change(news: readonly News[], to: Partial<Pick<Untold, 'missed' | 'isForDesktop'>>): void {
    for (const { agentId } of news) {
      const untold = this.current.get(agentId);
      if (untold !== undefined) this.current.set(agentId, { ...untold, ...to });
    }
  }

  private isTold({ agentId, key }: News): boolean {
    return this.told.get(agentId) === key;
  }

  /** The same as was told, with an earlier date, or the one at which this runner saw it first. */
  private isToldBefore({ agentId, key }: News): boolean {
    const [, mark = '', since = ''] = key.split(' ');
    const [, toldMark, toldSince = ''] = (this.told.get(agentId) ?? '').split(' ');
    if (mark !== toldMark || !datedMarks.has(mark)) return false;
    const [sinceMs, toldMs] = [Date.parse(since), Date.parse(toldSince)];
    const isFirstLook = sinceMs >= this.startedMs && sinceMs < this.startedMs + firstLooksMs;
    return sinceMs <= toldMs || (toldMs < this.startedMs && isFirstLook);
  }
}

function seen(news: News, { nowMs, isArrival }: Look): Untold {
  return { news, seenAtMs: nowMs, missed: isArrival ? 'away' : null, isForDesktop: !isArrival };
}

function isOld({ isNeed, since }: News, { now, isArrival }: Look): boolean {
  return isArrival && !isNeed && now.getTime() - Date.parse(since) > newsOfLateMs;
}

/** That an agent waits may be known before what it asks is: that is one event. */
function isMoreOf(before: News, news: News): boolean {
  return before.isUnclear && (news.kind === 'permission' || news.kind === 'question');
}

/** One that looked stuck may go on by itself. */
function needsAct({ isNeed, kind }: News): boolean {
  return isNeed && kind !== 'stuck';
}
