import assert from 'node:assert/strict';
import type { StoredAgent } from '../../../runner/core/agents/agentStore.ts';
import { CostService } from '../../../runner/core/usage/costService.ts';
import { priceOf } from '../../../runner/core/usage/priceOf.ts';
import type { HourTotals } from '../../../runner/core/usage/usageRecord.ts';
import type { Tokens } from '../../../runner/protocol/cost.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { tokensOf } from '../transcripts/madeUpFormat.ts';

const million = 1_000_000;
const each: Tokens = {
  input: million,
  output: million,
  cacheRead: million,
  cacheWrite: million,
  cacheWriteLong: million,
};

describe('list prices', () => {
  const table: [string, number | null][] = [
    ['claude-opus-4-5-20251101', 5 + 25 + 0.5 + 6.25 + 10],
    ['claude-opus-4-20250514', 15 + 75 + 1.5 + 18.75 + 30],
    ['claude-sonnet-4-5', 3 + 15 + 0.3 + 3.75 + 6],
    ['claude-sonnet-4-5[1m]', 3 + 15 + 0.3 + 3.75 + 6],
    ['claude-sonnet-5-5', 2 + 10 + 0.1 + 2.5 + 4],
    ['us.anthropic.claude-sonnet-4-5-20250929', 3 + 15 + 0.3 + 3.75 + 6],
    ['anthropic/claude-haiku-4-5', 1 + 5 + 0.1 + 1.25 + 2],
    ['claude-3-5-haiku-latest', 0.8 + 4 + 0.08 + 1 + 1.6],
    ['gpt-5-codex', 1.25 + 10 + 0.125 + 1.25 + 1.25],
    ['gpt-5.1-codex-max', 1.25 + 10 + 0.125 + 1.25 + 1.25],
    ['gpt-5-mini-2025-08-07', 0.25 + 2 + 0.025 + 0.25 + 0.25],
    ['GPT-6-Sol', 2 + 10 + 0.2 + 2.5 + 2.5],
    ['gemini-3-pro-preview', 2 + 12 + 0.2 + 2 + 2],
    ['models/gemini-2.5-flash-lite', 0.1 + 0.4 + 0.01 + 0.1 + 0.1],
    ['rehearsal', 0],
    ['<synthetic>', 0],
    ['gpt-5.5-pro', null],
    ['gpt-5.9', null],
    ['claude-opus-6', null],
    ['claude-opus-5-7', null],
    ['gemini-3.5-flash-lite', null],
    ['', null],
    ['__proto__', null],
  ];
  for (const [model, dollars] of table) {
    it(`${dollars === null ? 'are not guessed for' : 'are known for'} ${JSON.stringify(model)}`, () => {
      const price = priceOf(model, each);
      assert.equal(
        price === null ? null : Math.round(price * 1e6) / 1e6,
        dollars === null ? null : Math.round(dollars * 1e6) / 1e6,
      );
    });
  }
});

describe('the cost report', () => {
  const clock = new MovableClock(new Date(2026, 10, 22, 12).toISOString());
  const totals = new Map<string, HourTotals>();
  const agents = ['MIN-1', 'MIN-2', 'MIN-3'].map(
    (issueId): StoredAgent => ({
      kind: 'unreadable',
      id: `agent-${issueId.toLowerCase()}`,
      issueId,
      reason: '',
      since: '',
    }),
  );
  const costs = new CostService({
    agents: { list: async () => agents },
    ledger: { totals: async (id) => totals.get(id) ?? new Map() },
    clock,
  });

  /** `2026-11-22T14` in UTC, of a local time. */
  const hour = (day: number, hours: number) => new Date(2026, 10, day, hours).toISOString().slice(0, 13);
  const used = (entries: [string, string, number][]): HourTotals =>
    new Map(entries.map(([at, model, output]) => [at, new Map([[model, tokensOf(output)]])]));

  beforeEach(() => {
    totals.clear();
    totals.set(
      'agent-min-1',
      used([
        [hour(21, 23), 'claude-sonnet-4-5', million],
        [hour(22, 0), 'claude-sonnet-4-5', million],
      ]),
    );
    totals.set('agent-min-2', used([[hour(22, 9), 'brand-new', 5]]));
  });

  const short = (line: { totalTokens: number; dollars: number | null }) => [line.totalTokens, line.dollars];

  it('gives tokens by agent, model and local day, and dollars where every price is known', async () => {
    const report = await costs.report({});
    assert.deepEqual(short(report.total), [2 * million + 5, null]);
    assert.deepEqual(
      report.byAgent.map((line) => [line.issueId, ...short(line)]),
      [
        ['MIN-1', 2 * million, 30],
        ['MIN-2', 5, null],
      ],
    );
    assert.deepEqual(
      report.byModel.map((line) => [line.model, ...short(line)]),
      [
        ['claude-sonnet-4-5', 2 * million, 30],
        ['brand-new', 5, null],
      ],
    );
    assert.deepEqual(
      report.byDay.map((line) => [line.day, ...short(line)]),
      [
        ['2026-11-22', million + 5, null],
        ['2026-11-21', million, 15],
      ],
    );
    assert.deepEqual(report.unpriced, ['brand-new']);
  });

  it('counts only one agent, and only what was used since', async () => {
    const since = new Date(2026, 10, 22).toISOString();
    const report = await costs.report({ id: 'min-1', since });
    assert.deepEqual(short(report.total), [million, 15]);
    assert.deepEqual(report.unpriced, []);
  });

  it('is zero, not unknown, for agents that used nothing', async () => {
    assert.deepEqual(short((await costs.report({ id: 'MIN-3' })).total), [0, 0]);
  });

  it('refuses an agent that is not there and a time that is none', async () => {
    await assert.rejects(costs.report({ id: 'MIN-9' }), { code: 'noAgent' });
    await assert.rejects(costs.report({ since: 'soon' }), { code: 'badTime' });
  });

  it('tells what was used since midnight', async () => {
    assert.deepEqual(await costs.today(), { tokens: million + 5, dollars: null });
  });
});
