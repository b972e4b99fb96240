import assert from 'node:assert/strict';
import { nextActivity } from '../../../runner/core/agents/activity.ts';
import type { AgentEvent, HookEvent } from '../../../runner/core/events/agentEvent.ts';
import { isCut, trimEvent } from '../../../runner/core/events/trimEvent.ts';

function kept(name: string, length: number): AgentEvent {
  const event = { hook_event_name: name, tool_name: 'Write', tool_input: { content: 'x'.repeat(length), deep: [[1]] } };
  return trimEvent(asEvent(event));
}

function asEvent(event: HookEvent): AgentEvent {
  return { source: 'hook', at: '2026-11-22T12:00:00.000Z', launchId: 'l', event };
}

function contentOf(event: AgentEvent): string {
  assert.ok(event.source === 'hook');
  return (event.event['tool_input'] as { content: string }).content;
}

/** What is asked, with such an input. */
function asked(input: Record<string, unknown>): HookEvent {
  const event = { hook_event_name: 'PermissionRequest', tool_name: 'MultiEdit', tool_input: input };
  return trimEvent(asEvent(event)).event as HookEvent;
}

function nested(depth: number): unknown {
  return JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
}

describe('an event as it is kept', () => {
  it('has the whole of what a person is asked to allow, and less of anything else', () => {
    assert.equal(contentOf(kept('PermissionRequest', 200_000)).length, 200_000);
    assert.equal(contentOf(kept('PostToolUse', 32_000)), `${'x'.repeat(4_000)}... (32000 characters)`);
    assert.equal(contentOf(kept('PermissionRequest', 300_000)), `${'x'.repeat(4_000)}... (300000 characters)`);
    assert.equal(contentOf(kept('PostToolUse', 4_000)).length, 4_000);
  });

  it('has every entry of what a person is asked to allow, however deep', () => {
    const input = { edits: Array.from({ length: 60 }, () => ({ new_string: 'b' })), deep: nested(9) };
    assert.deepEqual(asked(input), { hook_event_name: 'PermissionRequest', tool_name: 'MultiEdit', tool_input: input });
  });

  for (const [what, input] of [
    ['a text', { content: 'x'.repeat(300_000) }],
    ['entries', { edits: Array.from({ length: 100_000 }, () => 'b') }],
    ['what is deep in it', { deep: nested(10_000) }],
  ] as const) {
    it(`says that ${what} of a request was cut`, () => {
      const event = asked(input);
      assert.equal(isCut(event), true);
      assert.equal(isCut(trimEvent(asEvent(event)).event as HookEvent), true);
    });
  }

  it('says so of a question that its tool alone tells, and of nothing else', () => {
    assert.equal(isCut(kept('PreToolUse', 5_000).event as HookEvent), true);
    assert.equal(isCut(kept('PreToolUse', 4_000).event as HookEvent), false);
    assert.equal(isCut(kept('PostToolUse', 5_000).event as HookEvent), false);
    assert.equal(isCut(kept('PermissionRequest', 200_000).event as HookEvent), false);
  });

  for (const length of [10, 4_000, 4_001, 200_000, 500_000]) {
    it(`closes the request that it belongs to, at ${length} characters`, () => {
      const waiting = nextActivity({ kind: 'starting', since: '' }, kept('PermissionRequest', length));
      assert.equal(waiting.kind, 'waiting');
      assert.equal(nextActivity(waiting, kept('PostToolUse', length)).kind, 'working');
      assert.equal(nextActivity(waiting, kept('PostToolUse', length + 1)).kind, 'waiting');
    });
  }
});
