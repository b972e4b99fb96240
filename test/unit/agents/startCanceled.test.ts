import assert from 'node:assert/strict';
import { AgentService, type AgentServiceDeps } from '../../../runner/core/agents/agentService.ts';
import { StartsUnderway } from '../../../runner/core/agents/startsUnderway.ts';
import { Changes } from '../../../runner/core/changes.ts';
import { KeyedMutex } from '../../../runner/core/files/keyedMutex.ts';
import type { Clock } from '../../../runner/core/ports.ts';
import { workspaceCanceled } from '../../../runner/core/workspaces/workspaceFailures.ts';

describe('a start that is canceled', () => {
  let done: string[];
  let canceling: AbortController;
  /** The workspace, before the start. */
  let isThere: boolean;

  /** The service with what a start meets; it is canceled as soon as the phase begins. */
  function startUntil(canceledIn: string, mode = 'ask'): Promise<unknown> {
    const deps = {
      mutex: new KeyedMutex(),
      underway: new StartsUnderway({ changes: new Changes(), clock: { now: () => new Date(0) } as Clock }),
      starts: {
        resolve: async () => {
          if (canceledIn === 'preparing') canceling.abort();
          const runtime = { name: 'claude', readiness: async () => ({ ready: true }) };
          const project = { name: 'min', path: '/repo', bypassAllowed: false };
          return { issue: { id: 'MIN-1', state: 'todo' }, project, runtime, mode, model: null };
        },
      },
      projects: { allowBypass: async (name: string) => void done.push(`${name} allowed`) },
      tmux: { requireInstalled: async () => undefined },
      store: { get: async () => undefined },
      events: { history: async () => ({ fence: 0 }) },
      reader: { surePane: async () => ({ kind: 'gone' }), require: async () => undefined, view: async () => ({}) },
      workspaces: {
        create: async (id: string) => {
          if (canceledIn === 'checkout') canceling.abort();
          if (canceling.signal.aborted && !isThere) throw workspaceCanceled(id);
          done.push('workspace');
        },
      },
      hooks: { check: async () => [] },
      launcher: { start: async () => void done.push('launch') },
      issues: { edit: async () => done.push('moved') },
      changes: { fire: () => undefined },
    };
    const onProgress = (phase: string): void => {
      done.push(phase);
      if (phase === canceledIn) canceling.abort();
    };
    const service = new AgentService(deps as unknown as AgentServiceDeps);
    return service.start({ id: 'MIN-1', allowBypass: true }, onProgress, canceling.signal);
  }

  beforeEach(() => {
    done = [];
    canceling = new AbortController();
    isThere = false;
  });

  it('makes nothing where no phase has begun', async () => {
    await assert.rejects(startUntil('preparing'), {
      code: 'canceled',
      message: 'Starting MIN-1 was canceled; nothing was made.',
      hint: 'Start it again: pan work issue MIN-1',
    });
    assert.deepEqual(done, []);
  });

  it('does not keep what the person allowed for it', async () => {
    await assert.rejects(startUntil('preparing', 'bypass'), { code: 'canceled' });
    assert.deepEqual(done, []);
    canceling = new AbortController();
    await startUntil('never', 'bypass');
    assert.deepEqual(done.slice(0, 2), ['min allowed', 'creating workspace']);
  });

  it('leaves no workspace that was being made, and launches nothing', async () => {
    await assert.rejects(startUntil('creating workspace'), {
      code: 'canceled',
      message: 'Starting MIN-1 was canceled; nothing was made.',
      hint: 'Start it again: pan work issue MIN-1',
    });
    assert.deepEqual(done, ['creating workspace']);
  });

  it('says so while a workspace is taken back', async () => {
    await assert.rejects(startUntil('checkout'), { code: 'canceled' });
    assert.deepEqual(done, ['creating workspace', 'canceling']);
  });

  it('leaves the workspace that was there', async () => {
    isThere = true;
    await assert.rejects(startUntil('creating workspace'), {
      code: 'canceled',
      message: 'Starting MIN-1 was canceled; its workspace stays.',
      hint: 'Start it again, or remove the workspace: pan workspace destroy MIN-1',
    });
    assert.deepEqual(done, ['creating workspace', 'workspace']);
  });

  it('goes on once its tool is being launched', async () => {
    await startUntil('starting claude');
    assert.deepEqual(done, ['creating workspace', 'workspace', 'starting claude', 'launch', 'moved']);
  });
});
