import assert from 'node:assert/strict';
import type * as destroying from '../../../../extension/src/commands/workspace/destroy.ts';
import { aWorkspace } from '../../cli/models.ts';
import { loadParts, partsOf, runnerWith } from '../support/loadParts.ts';
import { Shown } from '../support/standIns.ts';

describe('the key that destroys a workspace', () => {
  const workspace = aWorkspace({ issueId: 'MIN-1' });
  const rows = {
    workspace: { kind: 'workspace', issueId: 'MIN-1', workspace },
    file: { kind: 'file', issueId: 'MIN-1', file: { path: 'src/a.ts', from: null, status: 'modified' } },
  };

  async function press(row: keyof typeof rows): Promise<unknown[]> {
    const destroyed: unknown[] = [];
    const { workspaceDestroy } = loadParts<typeof destroying>(new Shown().vscode, 'commands/workspace/destroy.ts');
    const destroy = async (params: unknown) => {
      destroyed.push(params);
      return { issueId: 'MIN-1', rescueRef: null };
    };
    const app = partsOf({
      views: { selected: () => [rows[row]] },
      runner: runnerWith({ workspaces: { list: async () => [workspace], destroy } }),
    });
    const run = async () => workspaceDestroy.run(app, { view: 'workspaces' });
    if (row === 'workspace') await run();
    else await assert.rejects(run, { code: 'nothingToDo' });
    return destroyed;
  }

  it('means the row of the workspace, and on the row of a file none', async () => {
    assert.deepEqual(await press('workspace'), [{ id: 'MIN-1', force: false }]);
    assert.deepEqual(await press('file'), []);
  });
});
