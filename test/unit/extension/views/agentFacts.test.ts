import assert from 'node:assert/strict';
import { type AskedFacts, agentFacts } from '../../../../extension/src/views/agentFacts.ts';
import { anAgent } from '../../cli/models.ts';

const unasked: AskedFacts = { changes: undefined, cost: undefined, mail: undefined };
const facts = (asked: Partial<AskedFacts>, changes: Parameters<typeof anAgent>[0] = {}): string =>
  agentFacts(anAgent({ model: 'sonnet', mode: 'auto', hookItems: 0, ...changes }), { ...unasked, ...asked });

describe('the facts in the tooltip of an agent', () => {
  it('are what it runs and where', () => {
    assert.equal(facts({}), 'claude · sonnet · auto · feature/min-142');
    assert.equal(facts({}, { model: null, status: 'unreadable' }), 'claude · feature/min-142');
  });

  it('say what it changed, used, and what waits for it', () => {
    const asked = {
      changes: { total: 3, added: 24, removed: 3 },
      cost: { totalTokens: 212_000, dollars: 1.84 },
      mail: [{ state: 'queued' as const }, { state: 'delivered' as const }],
    };
    const all = '3 files +24 −3 · 212k tokens ($1.84) · 2 on its hook · 1 message waiting';
    assert.equal(facts(asked, { hookItems: 2 }), `claude · sonnet · auto · feature/min-142 · ${all}`);
  });

  it('leave out what is nothing', () => {
    const nothing = {
      changes: { total: 0, added: 0, removed: 0 },
      cost: { totalTokens: 0, dollars: null },
      mail: [{ state: 'delivered' as const }],
    };
    assert.equal(facts(nothing), 'claude · sonnet · auto · feature/min-142');
  });
});
