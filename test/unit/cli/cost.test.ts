import assert from 'node:assert/strict';
import { parseSince } from '../../../runner/cli/parseSince.ts';
import { dollarText, shortTokens } from '../../../runner/cli/render/amounts.ts';
import type { CostLine, CostReport } from '../../../runner/protocol/cost.ts';
import { now, runPan } from './runPan.ts';

function line(output: number, dollars: number | null): CostLine {
  const tokens = { input: 1_000, output, cacheRead: 5_000_000, cacheWrite: 0, cacheWriteLong: 0 };
  return { tokens, totalTokens: 5_001_000 + output, dollars };
}

const report: CostReport = {
  total: line(60_000, null),
  byAgent: [
    { ...line(50_000, 1.84), agentId: 'agent-min-142', issueId: 'MIN-142', title: 'Rate-limit login' },
    { ...line(10_000, null), agentId: 'agent-min-9', issueId: 'MIN-9', title: 'Export' },
  ],
  byModel: [{ ...line(50_000, 1.84), model: 'claude-sonnet-4-5' }],
  byDay: [{ ...line(60_000, null), day: '2026-11-22' }],
  pricesOf: '2026-11-06',
  unpriced: ['brand-new'],
};
const empty: CostReport = {
  ...report,
  total: {
    tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0 },
    totalTokens: 0,
    dollars: 0,
  },
};

describe('pan cost', () => {
  const answers = { 'costs.report': () => report };

  it('shows tokens first, dollars second, and names models without a price', async () => {
    const ran = await runPan(['cost'], { answers, terminal: 80, env: { NO_COLOR: '1' } });
    assert.equal(
      ran.stdout,
      [
        '5.1M tokens (?)',
        '',
        'AGENT   TITLE            TOKENS INPUT OUTPUT CACHED  COST',
        'MIN-142 Rate-limit login   5.1M    1k    50k   5.0M $1.84',
        'MIN-9   Export             5.0M    1k    10k   5.0M     ?',
        '',
        'MODEL             TOKENS INPUT OUTPUT CACHED  COST',
        'claude-sonnet-4-5   5.1M    1k    50k   5.0M $1.84',
        '',
        'DAY        TOKENS INPUT OUTPUT CACHED COST',
        '2026-11-22   5.1M    1k    60k   5.0M    ?',
        '',
        'Dollars are list prices of 2026-11-06; a subscription costs what it costs.',
        'No price is known for brand-new.',
        '',
      ].join('\n'),
    );
    assert.deepEqual(ran.calls, [{ method: 'costs.report', params: { id: undefined, since: undefined } }]);
  });

  it('asks for one agent and a time, and prints the document', async () => {
    const ran = await runPan(['cost', '--issue', 'MIN-1', '--since', '7d', '--json'], { answers });
    assert.deepEqual(ran.calls, [
      { method: 'costs.report', params: { id: 'MIN-1', since: '2026-11-15T14:35:00.000Z' } },
    ]);
    assert.deepEqual(JSON.parse(ran.stdout), report);
    const named = await runPan(['cost', 'MIN-1'], { answers });
    assert.deepEqual(named.calls, [{ method: 'costs.report', params: { id: 'MIN-1', since: undefined } }]);
    for (const argv of [
      ['--issue', 'MIN-1', '--agent', 'agent-min-1'],
      ['MIN-1', '--issue', 'MIN-1'],
    ])
      assert.equal((await runPan(['cost', ...argv])).code, 2);
  });

  it('says when nothing was used', async () => {
    const ran = await runPan(['cost', '--since', 'today'], { answers: { 'costs.report': () => empty } });
    assert.equal(ran.stdout, 'No tokens were used since today.\n');
  });

  it('takes days and ages, and refuses the rest', () => {
    const midnight = (day: number) => new Date(2026, 10, day).toISOString();
    const since = (text: string) => parseSince(text, now).toISOString();
    assert.equal(since('today'), midnight(22));
    assert.equal(since('2026-11-01'), midnight(1));
    assert.equal(since('12h'), '2026-11-22T02:35:00.000Z');
    for (const text of ['', 'yesterday', '7', '7w', '2026-13-01', '2026-02-31', '2026-1-1', '-1d'])
      assert.throws(() => since(text), { code: 'usage' }, text);
  });

  it('rounds amounts without ever showing four digits of thousands', () => {
    assert.deepEqual([0, 999, 1_000, 999_499, 999_500, 2_100_000, 999_949_999, 1_300_000_000].map(shortTokens), [
      '0',
      '999',
      '1k',
      '999k',
      '1.0M',
      '2.1M',
      '999.9M',
      '1.3G',
    ]);
    assert.deepEqual([0, 0.001, 1.839, null].map(dollarText), ['$0.00', '<$0.01', '$1.84', '?']);
  });
});
