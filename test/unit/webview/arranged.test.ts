import assert from 'node:assert/strict';
import { denialOf, draftOf, readArranged, withDenial, withDraft } from '../../../webview/agent/arranged.ts';

describe('what a person arranged in the view of an agent', () => {
  it('is nothing at first, and after nonsense was kept', () => {
    const nothing = { agentId: '', pinned: false, tab: 'live', place: null, drafts: [], denials: [] };
    for (const kept of [
      undefined,
      null,
      7,
      'x',
      [],
      { tab: 'other', pinned: 'yes', place: 4, drafts: [{ text: 1 }], denials: [{ requestId: 1, text: 'x' }] },
    ]) {
      assert.deepEqual(readArranged(kept), nothing);
    }
  });

  it('is kept whole', () => {
    const arranged = withDraft(
      { ...readArranged(undefined), agentId: 'agent-min-1', pinned: true, tab: 'why' },
      'agent-min-1',
      'a',
    );
    assert.deepEqual(readArranged(JSON.parse(JSON.stringify(arranged))), arranged);
  });

  it('holds one draft an agent, and forgets those that were sent', () => {
    const both = withDraft(withDraft(readArranged(undefined), 'agent-min-1', 'a'), 'agent-min-2', 'b');
    const edited = withDraft(both, 'agent-min-1', 'a2');
    assert.deepEqual(edited.drafts, [
      { agentId: 'agent-min-2', text: 'b' },
      { agentId: 'agent-min-1', text: 'a2' },
    ]);
    assert.equal(draftOf(withDraft(edited, 'agent-min-1', ''), 'agent-min-1'), '');
  });

  it('holds why not for one request each, and forgets what was sent', () => {
    const both = withDenial(withDenial(readArranged(undefined), 'r1', 'use pnpm'), 'r2', 'later');
    assert.deepEqual([denialOf(both, 'r1'), denialOf(both, 'r2'), denialOf(both, 'r3')], ['use pnpm', 'later', '']);
    assert.deepEqual(readArranged(JSON.parse(JSON.stringify(both))), both);
    assert.deepEqual(withDenial(both, 'r1', '').denials, [{ requestId: 'r2', text: 'later' }]);
  });

  it('holds the drafts of the latest twenty agents', () => {
    let arranged = readArranged(undefined);
    for (let number = 1; number <= 30; number += 1) arranged = withDraft(arranged, `agent-min-${number}`, 'x');
    assert.deepEqual([arranged.drafts.length, arranged.drafts[0]?.agentId], [20, 'agent-min-11']);
  });
});
