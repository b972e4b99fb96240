import type { CostLine, CostReport, Tokens, UsageToday } from '../../protocol/cost.ts';
import { UserError } from '../../protocol/errors.ts';
import { agentIdOf } from '../../protocol/issueId.ts';
import type { CostParams } from '../../protocol/requests.ts';
import { noSuchAgent } from '../agents/agentFailures.ts';
import type { StoredAgent } from '../agents/agentStore.ts';
import { requireIssueId } from '../issues/requireIssueId.ts';
import type { Clock } from '../ports.ts';
import { oneLine } from '../text/sanitize.ts';
import { mapBounded } from '../workspaces/mapBounded.ts';
import { priceOf } from './priceOf.ts';
import { pricesOf } from './prices.ts';
import { addTokens, noTokens, totalTokens } from './tokens.ts';
import type { HourTotals } from './usageRecord.ts';

export interface CostDeps {
  agents: { list(): Promise<StoredAgent[]> };
  ledger: { totals(agentId: string): Promise<HourTotals> };
  clock: Clock;
}

/** Use of one agent with one model in one hour. */
interface Used {
  agent: StoredAgent;
  /** The middle of the hour: with it an hour belongs to one day also where the zone is half an hour off. */
  at: Date;
  model: string;
  tokens: Tokens;
}

const parallelReads = 16;
const halfHourMs = 30 * 60_000;

/** What agents used and what it costs; those that ended count as long as their folder is there. */
export class CostService {
  private readonly deps: CostDeps;

  constructor(deps: CostDeps) {
    this.deps = deps;
  }

  /** @throws UserError `badTime`, or `noAgent` for an id that has none. */
  async report(params: CostParams): Promise<CostReport> {
    const since = params.since === undefined ? undefined : requireTime(params.since);
    const used = await this.used(params.id, since);
    return {
      total: costOf(used),
      byAgent: grouped(used, ({ agent }) => agent.id).map(([agentId, part]) => ({
        ...agentOf(agentId, part),
        ...costOf(part),
      })),
      byModel: grouped(used, ({ model }) => model).map(([model, part]) => ({ model, ...costOf(part) })),
      byDay: grouped(used, ({ at }) => localDay(at))
        .sort(([a], [b]) => b.localeCompare(a))
        .map(([day, part]) => ({ day, ...costOf(part) })),
      pricesOf,
      unpriced: unpriced(used),
    };
  }

  /** Of the local day. */
  async today(): Promise<UsageToday> {
    const now = this.deps.clock.now();
    const { totalTokens: tokens, dollars } = costOf(
      await this.used(undefined, new Date(now.getFullYear(), now.getMonth(), now.getDate())),
    );
    return { tokens, dollars };
  }

  private async used(id: string | undefined, since: Date | undefined): Promise<Used[]> {
    const agents = await this.chosen(id);
    const parts = await mapBounded(agents, parallelReads, async (agent) =>
      usedBy(agent, await this.deps.ledger.totals(agent.id), since),
    );
    return parts.flat();
  }

  private async chosen(id: string | undefined): Promise<StoredAgent[]> {
    const all = await this.deps.agents.list();
    if (id === undefined) return all;
    const issueId = requireIssueId(id);
    const chosen = all.filter((agent) => agent.id === agentIdOf(issueId));
    if (chosen.length > 0) return chosen;
    throw noSuchAgent(
      issueId,
      all.map((agent) => agent.issueId),
    );
  }
}

function usedBy(agent: StoredAgent, totals: HourTotals, since: Date | undefined): Used[] {
  return [...totals].flatMap(([hour, models]) => {
    const at = new Date(Date.parse(`${hour}:00:00Z`) + halfHourMs);
    if (since !== undefined && at < since) return [];
    return [...models].map(([model, tokens]) => ({ agent, at, model: oneLine(model, 100), tokens }));
  });
}

/** By key, what used most first. */
function grouped(used: readonly Used[], keyOf: (used: Used) => string): [string, Used[]][] {
  const groups = new Map<string, Used[]>();
  for (const each of used) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups].sort(([, a], [, b]) => sum(b) - sum(a));
}

function sum(used: readonly Used[]): number {
  return used.reduce((total, { tokens }) => total + totalTokens(tokens), 0);
}

function costOf(used: readonly Used[]): CostLine {
  const models = new Map<string, Tokens>();
  for (const { model, tokens } of used) models.set(model, addTokens(models.get(model) ?? noTokens, tokens));
  const prices = [...models].map(([model, tokens]) => priceOf(model, tokens));
  const tokens = [...models.values()].reduce(addTokens, noTokens);
  const dollars = prices.reduce((sum, price) => (sum === null || price === null ? null : sum + price), 0);
  return { tokens, totalTokens: totalTokens(tokens), dollars };
}

function unpriced(used: readonly Used[]): string[] {
  return [...new Set(used.map(({ model }) => model))].filter((model) => priceOf(model, noTokens) === null);
}

function agentOf(agentId: string, used: readonly Used[]): { agentId: string; issueId: string; title: string } {
  const agent = used[0]?.agent;
  return { agentId, issueId: agent?.issueId ?? '', title: agent?.kind === 'ok' ? agent.state.title : '' };
}

/** `2026-11-22` where this process is. */
function localDay(at: Date): string {
  const parts = [at.getFullYear(), at.getMonth() + 1, at.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

function requireTime(text: string): Date {
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time;
  throw new UserError({
    code: 'badTime',
    message: `${JSON.stringify(text.slice(0, 40))} is no time.`,
    hint: 'Write it as in 2026-11-22T14:00:00Z.',
    kind: 'usage',
  });
}
