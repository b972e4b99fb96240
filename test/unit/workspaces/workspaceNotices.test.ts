import assert from 'node:assert/strict';
import type { AgentEvent } from '../../../runner/core/events/agentEvent.ts';
import { WorkspaceNotices } from '../../../runner/core/workspaces/workspaceNotices.ts';
import type { DidChangeParams } from '../../../runner/protocol/requests.ts';
import { MovableClock } from '../../support/movableClock.ts';

describe('what agents do in workspaces', () => {
  let clock: MovableClock;
  let fired: DidChangeParams[];
  let notices: WorkspaceNotices;
  const happens = (name: string, issueId = 'MIN-1') => notices.onEvent(anAgent(issueId), hookEvent(name));

  beforeEach(() => {
    clock = new MovableClock();
    fired = [];
    notices = new WorkspaceNotices({ changes: { fire: (change) => fired.push(change) }, clock });
  });

  it('is announced at once, and once a second while it goes on', () => {
    for (let step = 0; step < 5; step += 1) happens('PostToolUse');
    assert.deepEqual(fired, [{ scope: 'workspaces', ids: ['MIN-1'] }]);
    clock.move(999);
    assert.equal(fired.length, 1);
    clock.move(1);
    assert.equal(fired.length, 2);
    clock.move(1_000);
    assert.deepEqual([fired.length, clock.waiting], [2, 0]);
  });

  it('is announced of each agent by itself, and at the end of a turn', () => {
    happens('Stop');
    happens('PostToolUseFailure', 'MIN-2');
    assert.deepEqual(
      fired.map(({ ids }) => ids),
      [['MIN-1'], ['MIN-2']],
    );
  });

  it('is not announced for what changes no files', () => {
    for (const name of ['PreToolUse', 'UserPromptSubmit', 'Notification', 'PermissionRequest', 'SessionStart'])
      happens(name);
    assert.deepEqual([fired, clock.waiting], [[], 0]);
  });

  it('stops without a timer left', () => {
    happens('Stop');
    notices.stop();
    assert.equal(clock.waiting, 0);
  });
});

function hookEvent(name: string): AgentEvent {
  const at = '2026-11-22T12:00:00.000Z';
  return { source: 'hook', at, launchId: 'launch', event: { hook_event_name: name } };
}

function anAgent(issueId: string): { id: string; issueId: string } {
  return { id: `agent-${issueId.toLowerCase()}`, issueId };
}
