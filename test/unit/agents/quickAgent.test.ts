import assert from 'node:assert/strict';
import { EventLog } from '../../../runner/core/agents/eventLog.ts';
import type { AgentEvent } from '../../../runner/core/events/agentEvent.ts';
import { createPaths } from '../../../runner/core/paths.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const id = 'agent-min-1';

describe('the history of an agent that is quicker than the disk', () => {
  const folder = useTempFolder();

  it('is idle when its turn ended before its launch was noted, also for the next daemon and at the next launch', async () => {
    const paths = createPaths(folder());
    const log = new EventLog({ paths });
    for (const launchId of ['first', 'second']) {
      await log.append(id, hook(launchId, 'SessionStart'));
      await log.append(id, hook(launchId, 'UserPromptSubmit'));
      await log.append(id, hook(launchId, 'Stop'));
      const { activity } = await log.append(id, launched(launchId));
      assert.equal(activity.kind, 'idle', launchId);
      assert.deepEqual((await new EventLog({ paths }).history(id)).activity, activity);
    }
  });

  it('starts anew at a launch of which nothing was heard yet', async () => {
    const log = new EventLog({ paths: createPaths(folder()) });
    await log.append(id, launched('first'));
    await log.append(id, hook('first', 'Stop'));
    assert.equal((await log.append(id, launched('second'))).activity.kind, 'starting');
  });
});

function hook(launchId: string, name: string): AgentEvent {
  return { source: 'hook', at: '2026-11-22T15:00:00.000Z', launchId, event: { hook_event_name: name } };
}

function launched(launchId: string): AgentEvent {
  const event = { type: 'launched' as const, fence: 1, sessionId: null, resumed: false };
  return { source: 'runner', at: '2026-11-22T15:00:00.100Z', launchId, event };
}
