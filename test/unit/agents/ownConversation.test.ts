import assert from 'node:assert/strict';
import type { Activity } from '../../../runner/core/agents/activity.ts';
import type { AgentState } from '../../../runner/core/agents/agentState.ts';
import { ownConversation } from '../../../runner/core/agents/ownConversation.ts';

const since = '2026-01-01T00:00:00.000Z';
const working: Activity = { kind: 'working', since, lastSignAt: since, detail: '' };
const starting: Activity = { kind: 'starting', since };

function state(sessionId: string | null, transcript: string | null = null): AgentState {
  return { id: 'agent-min-1', sessionId, transcript } as AgentState;
}

function event(name: string, sessionId: string, more: Record<string, unknown> = {}) {
  return { hook_event_name: name, session_id: sessionId, ...more };
}

describe("an agent's own conversation", () => {
  it('is the one that its first report names, where none was chosen', () => {
    const found = ownConversation(state(null), event('SessionStart', 'a', { transcript_path: '/t/a.jsonl' }), starting);
    assert.deepEqual([found?.sessionId, found?.transcript], ['a', '/t/a.jsonl']);
  });

  it('is the same state when nothing is new', () => {
    const before = state('a', '/t/a.jsonl');
    assert.equal(ownConversation(before, event('Stop', 'a', { transcript_path: '/t/a.jsonl' }), working), before);
  });

  it('learns where it is written down', () => {
    const found = ownConversation(state('a'), event('Stop', 'a', { transcript_path: '/t/a.jsonl' }), working);
    assert.equal(found?.transcript, '/t/a.jsonl');
  });

  it('goes on under another id when the former one has ended, as /clear ends it', () => {
    const ended: Activity = { kind: 'ended', since, detail: 'session ended (clear)' };
    for (const source of ['clear', { toString: 0, valueOf: 0 }]) {
      assert.equal(ownConversation(state('a'), event('SessionStart', 'b', { source }), ended)?.sessionId, 'b');
    }
  });

  it('is not that of a tool which the agent starts by itself', () => {
    const sources = ['startup', 'resume', 'clear', { toString: 0, valueOf: 0 }];
    const nested = [...sources.map((source) => event('SessionStart', 'b', { source })), event('Stop', 'b')];
    for (const each of nested) assert.equal(ownConversation(state('a'), each, working), undefined);
  });
});
