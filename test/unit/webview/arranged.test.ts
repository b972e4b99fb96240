import assert from 'node:assert/strict';
import { readArranged } from '../../../webview/agent/arranged.ts';

describe('what a person arranged in the view of an agent', () => {
  it('is nothing at first, and after nonsense was kept', () => {
    const nothing = { agentId: '', pinned: false, tab: 'live', place: null };
    for (const kept of [undefined, null, 7, 'x', [], { tab: 'other', pinned: 'yes', place: 4 }]) {
      assert.deepEqual(readArranged(kept), nothing);
    }
  });

  it('is kept whole', () => {
    const arranged = { agentId: 'agent-min-1', pinned: true, tab: 'why', place: '2026-11-22T16:00:00.000Z' };
    assert.deepEqual(readArranged(JSON.parse(JSON.stringify(arranged))), arranged);
  });
});
