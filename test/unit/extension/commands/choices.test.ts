import assert from 'node:assert/strict';
import { agentRows } from '../../../../extension/src/commands/agentRows.ts';
import { amountText, costRows } from '../../../../extension/src/commands/cost/costRows.ts';
import { forEach } from '../../../../extension/src/commands/forEach.ts';
import { filterOf } from '../../../../extension/src/commands/issue/filterParts.ts';
import { nextNeedy } from '../../../../extension/src/commands/nextNeedy.ts';
import { Drafts } from '../../../../extension/src/commands/tell/drafts.ts';
import type { CostLine } from '../../../../runner/protocol/cost.ts';
import { anAgent } from '../../cli/models.ts';
import { partsOf, runnerWith } from '../support/loadParts.ts';

const agents = ['MIN-1', 'MIN-2', 'MIN-3'].map((issueId) => anAgent({ id: `agent-${issueId}`, issueId }));
const [first, second, third] = agents;

describe('going to the next who needs a person', () => {
  it('goes to the longest waiting first, then to the one after, and around', () => {
    assert.deepEqual(
      [undefined, first?.id, second?.id, third?.id].map((last) => nextNeedy(agents, last)?.issueId),
      ['MIN-1', 'MIN-2', 'MIN-3', 'MIN-1'],
    );
  });

  it('begins again when the last one needs nobody any more', () => {
    assert.equal(nextNeedy(agents, 'agent-min-9'), first);
    assert.equal(nextNeedy([], first?.id), undefined);
  });
});

describe('the picker of agents', () => {
  it('has the order and the headings of the tree', () => {
    const rows = agentRows(
      [
        anAgent({
          id: 'agent-min-1',
          issueId: 'MIN-1',
          status: 'idle',
          title: 'Show $(eye)',
          reason: 'its turn ended',
        }),
        anAgent({ id: 'agent-min-2', issueId: 'MIN-2', status: 'stuck', title: 'Flaky', reason: 'no sign of life' }),
      ],
      0,
    );
    assert.deepEqual(
      rows.map((row) => ('heading' in row ? row.heading : [row.icon, row.label, row.description])),
      [
        'Needs you',
        ['warning', 'MIN-2 Flaky', 'no sign of life'],
        'Idle',
        ['circle-outline', 'MIN-1 Show \\$(eye)', 'its turn ended'],
      ],
    );
  });
});

describe('acting on several', () => {
  it('goes on after a failure, and says what it was about', async () => {
    const { results, failure } = await forEach(partsOf({ runner: runnerWith({}) }), agents, async ({ issueId }) => {
      if (issueId === 'MIN-2') throw new Error('no');
      return issueId;
    });
    assert.deepEqual(results, ['MIN-1', 'MIN-3']);
    assert.ok(failure instanceof Error && 'reference' in failure);
    assert.deepEqual(failure.reference, { issueId: 'MIN-2', agentId: 'agent-min-2' });
  });
});

describe('a filter of issues', () => {
  it('is what was chosen; of several projects none restricts', () => {
    assert.equal(filterOf([]), undefined);
    assert.deepEqual(filterOf([{ state: 'todo' }, { label: 'bug' }, { project: 'shop' }]), {
      project: 'shop',
      labels: ['bug'],
      states: ['todo'],
    });
    assert.equal(filterOf([{ project: 'shop' }, { project: 'blog' }])?.project, undefined);
  });
});

describe('what was written and not sent', () => {
  it('is kept for those it was written for, in whatever order', async () => {
    const kept = new Map<string, unknown>();
    const drafts = new Drafts({
      get: (key: string) => kept.get(key) as never,
      update: async (key, value) => void (value === undefined ? kept.delete(key) : kept.set(key, value)),
    });
    await drafts.keep(['MIN-2', 'MIN-1'], 'Add tests');
    assert.deepEqual([drafts.get(['MIN-1', 'MIN-2']), drafts.get(['MIN-1'])], ['Add tests', undefined]);
    await drafts.keep(['MIN-1', 'MIN-2'], '');
    assert.equal(kept.size, 0);
  });
});

describe('the lines of cost', () => {
  const tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWriteLong: 0 };
  const line = (totalTokens: number, dollars: number | null): CostLine => ({ tokens, totalTokens, dollars });

  it('give tokens first and no dollars that are not known', () => {
    assert.deepEqual([line(900, 0.002), line(212_400, null), line(999_600, 1), line(2_100_000, 11.4)].map(amountText), [
      '900 tokens · <$0.01',
      '212k tokens',
      '1.0M tokens · $1.00',
      '2.1M tokens · $11.40',
    ]);
  });

  it('are all together, then by agent, day and model', () => {
    const report = {
      total: line(10, null),
      byAgent: [{ ...line(10, null), agentId: 'agent-min-1', issueId: 'MIN-1', title: 'Login' }],
      byDay: [{ ...line(10, null), day: '2026-11-22' }],
      byModel: [{ ...line(10, null), model: 'sonnet' }],
      pricesOf: '2026-11-06',
      unpriced: ['sonnet'],
    };
    assert.deepEqual(
      costRows(report).map((row) => ('heading' in row ? row.heading : [row.label, row.value])),
      [
        ['All', undefined],
        'By agent',
        ['MIN-1 Login', 'agent-min-1'],
        'By day',
        ['2026-11-22', undefined],
        'By model',
        ['sonnet', undefined],
      ],
    );
  });
});
