import assert from 'node:assert/strict';
import { needOf } from '../../../../extension/src/views/agentWords.ts';
import { anAgent } from '../../cli/models.ts';

const now = Date.parse('2026-11-22T14:06:00.000Z');

describe('what an agent needs, and since when', () => {
  it('says how long once', () => {
    const since = '2026-11-22T14:02:00.000Z';
    assert.equal(needOf(anAgent({ status: 'crashed', since, ask: null }), now), 'Crashed 4m');
    assert.equal(needOf(anAgent({ status: 'stuck', since, ask: null }), now), 'Stuck 4m');
  });
});
