import assert from 'node:assert/strict';
import { KeyedMutex } from '../../../runner/core/files/keyedMutex.ts';
import type { WorkspaceService } from '../../../runner/core/workspaces/workspaceService.ts';
import { workspacesApi } from '../../../runner/core/workspaces/workspacesApi.ts';

describe('a workspace', () => {
  for (const act of ['destroy', 'restore'] as const) {
    it(`is not touched by a ${act} between its making and the launch of its agent`, async () => {
      const mutex = new KeyedMutex();
      const done: string[] = [];
      const noted = (what: string) => async () => void done.push(what);
      const workspaces = { destroy: noted('destroy'), restore: noted('restore') };
      const api = workspacesApi({
        workspaces: workspaces as unknown as WorkspaceService,
        issues: { show: () => assert.fail() },
        lookForAgent: noted('look'),
        holdAgent: (_, task) => mutex.run('agent-min-1', task),
      });
      const start = mutex.run('agent-min-1', async () => {
        await new Promise((resolve) => setImmediate(resolve));
        done.push('launch');
      });
      await Promise.all([start, api[act]({ id: 'min-1' })]);
      assert.deepEqual(done, ['launch', 'look', act]);
    });
  }
});
