import assert from 'node:assert/strict';
import { translateCodexEvent } from '../../../../runner/core/runtimes/codex/codexEvents.ts';
import { decideCodex } from '../../../../runner/core/runtimes/codex/decideCodex.ts';
import { hookFixture } from './readFixture.ts';

describe('the events of Codex', () => {
  for (const name of [
    'SessionStart',
    'UserPromptSubmit',
    'PreToolUse',
    'PermissionRequest-command',
    'PostToolUse',
    'Stop',
    'SessionEnd',
  ]) {
    it(`are Claude Code's already: ${name}`, () => {
      assert.deepEqual(translateCodexEvent(hookFixture(name)), hookFixture(name));
    });
  }

  it('say nothing of a new session, which comes with its first prompt', () => {
    assert.equal(translateCodexEvent({ ...hookFixture('SessionStart'), source: 'startup' }), undefined);
  });

  it('name the file that a patch changes', () => {
    const { tool_name, tool_input } =
      translateCodexEvent(hookFixture('PermissionRequest-patch')) ?? hookFixture('Stop');
    assert.deepEqual(
      [tool_name, tool_input],
      [
        'apply_patch',
        {
          file_path: '/home/dev/shop/workspaces/feature-sho-2/new.txt',
          patch: '*** Begin Patch\n*** Add File: new.txt\n+hello\n*** End Patch',
        },
      ],
    );
  });

  it('name all files of a patch', () => {
    const patch =
      '*** Begin Patch\n*** Update File: a.ts\n*** Move to: b.ts\n@@\n*** Delete File: c d.ts\n*** End Patch';
    const event = { hook_event_name: 'PreToolUse', tool_name: 'apply_patch', tool_input: { command: patch } };
    assert.deepEqual(translateCodexEvent(event)?.['tool_input'], { file_path: 'a.ts, c d.ts', patch });
  });

  it("do not take a subagent's rollout for the agent's", () => {
    for (const name of ['SubagentStart', 'SubagentStop']) {
      const translated = translateCodexEvent(hookFixture(name));
      assert.equal(translated?.['transcript_path'], undefined);
      assert.equal(translated?.session_id, hookFixture(name).session_id);
    }
  });
});

describe('what the hook of Codex answers', () => {
  const request = hookFixture('PermissionRequest-command');
  const decisionOf = (output: unknown): unknown =>
    (output as { hookSpecificOutput: { decision: unknown } }).hookSpecificOutput.decision;

  it('allows', () => {
    assert.deepEqual(decideCodex(request, { kind: 'allow', texts: [] }), {
      hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } },
    });
  });

  it('denies, with the reason or with a sentence that says who denied', () => {
    assert.deepEqual(decisionOf(decideCodex(request, { kind: 'deny', texts: ['use trash'] })), {
      behavior: 'deny',
      message: 'use trash',
    });
    assert.deepEqual(decisionOf(decideCodex(request, { kind: 'deny', texts: [] })), {
      behavior: 'deny',
      message: 'The person who runs you does not allow this.',
    });
  });

  it('cannot allow for a session, and answers nothing else', () => {
    assert.equal(decideCodex(request, { kind: 'session', texts: [] }), undefined);
    assert.equal(decideCodex(request, { kind: 'text', texts: ['x'] }), undefined);
    assert.equal(decideCodex(hookFixture('Stop'), { kind: 'allow', texts: [] }), undefined);
  });
});
