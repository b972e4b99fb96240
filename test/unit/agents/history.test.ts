import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import type { Activity } from '../../../runner/core/agents/activity.ts';
import { AgentReader } from '../../../runner/core/agents/agentReader.ts';
import type { AgentState } from '../../../runner/core/agents/agentState.ts';
import { EventLog } from '../../../runner/core/agents/eventLog.ts';
import type { AgentEvent } from '../../../runner/core/events/agentEvent.ts';
import { createPaths } from '../../../runner/core/paths.ts';
import type { PanesSnapshot } from '../../../runner/core/tmux/paneWatch.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const id = 'agent-min-1';
const at = '2026-01-01T00:00:00.000Z';

function hook(name: string, fields: Record<string, unknown> = {}): AgentEvent {
  return { source: 'hook', at, launchId: 'launch', event: { hook_event_name: name, ...fields } };
}

describe('the history of an agent', () => {
  const folder = useTempFolder();

  it('is what it was for the next daemon, however much was written and quoted since the launch', async () => {
    const paths = createPaths(folder());
    const log = new EventLog({ paths });
    const launched = { type: 'launched', fence: 3, sessionId: 's' } as const;
    await log.append(id, { source: 'runner', at, launchId: 'launch', event: launched });
    await log.append(id, hook('UserPromptSubmit', { prompt: 'x'.repeat(3_000_000) }));
    assert.ok(statSync(paths.agent(id).events).size < 10_000, 'what is quoted is cut');
    for (let count = 0; count < 400; count += 1) await log.append(id, hook('PostToolUse', { a: 'x'.repeat(4_000) }));
    await log.append(id, hook('Stop'));
    const next = await new EventLog({ paths }).history(id);
    assert.deepEqual([next.launchId, next.activity.kind], ['launch', 'idle']);
  });
});

describe('a failed question to tmux', () => {
  function readerOf(...answers: PanesSnapshot[]): AgentReader {
    const panes = {
      isExpected: () => false,
      snapshot: () => answers[0],
      refresh: async () => void answers.shift(),
    };
    return new AgentReader({ panes } as unknown as ConstructorParameters<typeof AgentReader>[0]);
  }
  const failed: PanesSnapshot = { kind: 'failed', reason: 'timeout' };

  it('is asked again before anything is done about the agent', async () => {
    assert.deepEqual(await readerOf(failed, { kind: 'noServer' }).surePane(id), { kind: 'gone' });
  });

  it('is never taken for a death', async () => {
    await assert.rejects(readerOf(failed, failed).surePane(id), { code: 'tmuxUnknown' });
  });
});

describe('an agent of whose transcript nobody knows yet whether it grew', () => {
  it('does not look stuck', async () => {
    const working: Activity = { kind: 'working', detail: 'Bash', since: at, lastSignAt: at };
    let mayHaveGrown = true;
    const reader = new AgentReader({
      events: { history: async () => ({ launchId: 'one', activity: working, activityAt: at, recent: [] }) },
      panes: { isExpected: () => false, snapshot: () => ({ kind: 'ok', panes: new Map([[id, { dead: false }]]) }) },
      signs: { of: () => [], grewAt: () => null, mayHaveGrown: () => mayHaveGrown },
      behaviourOf: () => ({}),
      clock: { now: () => new Date(Date.parse(at) + 60 * 60_000) },
    } as unknown as ConstructorParameters<typeof AgentReader>[0]);
    const state = { id, launchId: 'one', intent: 'running', capabilities: { reportsEvents: true } } as AgentState;
    assert.equal((await reader.situation(state)).verdict.status, 'working');
    mayHaveGrown = false;
    assert.equal((await reader.situation(state)).verdict.status, 'stuck');
  });
});
