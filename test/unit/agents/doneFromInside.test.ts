import assert from 'node:assert/strict';
import { AgentService, type AgentServiceDeps } from '../../../runner/core/agents/agentService.ts';
import type { AgentState } from '../../../runner/core/agents/agentState.ts';
import { Changes } from '../../../runner/core/changes.ts';
import { KeyedMutex } from '../../../runner/core/files/keyedMutex.ts';

const running = {
  id: 'agent-min-1',
  issueId: 'MIN-1',
  intent: 'running',
  launchId: 'first',
  leader: { pid: 4711, startTime: '1' },
  capabilities: { reportsEvents: false, confirmsMessages: false, resumes: false },
} as AgentState;

describe('a program that reports nothing and says that it is done', () => {
  let stored: AgentState;
  let finished: AgentState[];
  let timers: (() => void)[];

  /** The service with what this meets, and nothing else. */
  function makeService(): AgentService {
    const current = async () => ({ kind: 'ok', id: stored.id, issueId: stored.issueId, state: stored });
    const deps = {
      mutex: new KeyedMutex(),
      access: { withState: async (_id: string, task: (state: AgentState) => Promise<unknown>) => task(stored) },
      changes: new Changes(),
      clock: { after: (_ms: number, run: () => void) => timers.push(run) },
      store: { has: () => true, get: current },
      reader: { require: current, view: async () => ({}) },
      workspaces: { get: async () => undefined },
      issues: { edit: async () => ({}) },
      ender: {
        intend: async (state: AgentState, intent: AgentState['intent']) => {
          stored = { ...state, intent };
          return stored;
        },
        finish: async (state: AgentState) => void finished.push(state),
      },
    };
    return new AgentService(deps as unknown as AgentServiceDeps);
  }

  /** Runs what is due, and lets it come to its end. */
  async function pass(): Promise<void> {
    for (const run of timers) run();
    await new Promise((resolve) => setImmediate(resolve));
  }

  beforeEach(async () => {
    [stored, finished, timers] = [running, [], []];
    await makeService().doneFromInside({ id: 'MIN-1' });
    assert.deepEqual([finished, timers.length], [[], 1]);
  });

  it('is ended after it had time to read the answer', async () => {
    await pass();
    assert.deepEqual(finished, [stored]);
  });

  it('is left alone when it was killed, has ended, or was started anew meanwhile', async () => {
    const done = stored;
    for (const meanwhile of [
      { intent: 'killed' },
      { leader: null },
      { launchId: 'second', intent: 'running' },
      { launchId: 'second' },
    ]) {
      stored = { ...done, ...meanwhile } as AgentState;
      await pass();
    }
    assert.deepEqual(finished, []);
  });
});
