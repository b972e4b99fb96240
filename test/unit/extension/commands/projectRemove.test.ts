import assert from 'node:assert/strict';
import type * as adding from '../../../../extension/src/commands/project/add.ts';
import type * as removing from '../../../../extension/src/commands/project/remove.ts';
import { loadParts, partsOf, runnerWith } from '../support/loadParts.ts';
import { Shown } from '../support/standIns.ts';

describe('Undo of Remove Project', () => {
  it('is a command, which adds the project as it was and says what fails', async () => {
    const shown = new Shown();
    const { vscode } = shown;
    const added: unknown[] = [];
    const window = { ...vscode.window, showQuickPick: async ([first]: unknown[]) => first };
    const { projectAdd, projectRemove, UserError } = loadParts<typeof adding & typeof removing>(
      { ...vscode, window },
      'commands/project/add.ts',
      'commands/project/remove.ts',
    );
    const project = { name: 'myn', path: '/gone/myn', prefix: 'MIN' };
    const add = async (params: unknown) => {
      added.push(params);
      throw new UserError({ code: 'noFolder', message: 'There is no folder /gone/myn.' });
    };
    const app = partsOf({
      runner: runnerWith({ projects: { list: async () => [project], remove: async () => project, add } }),
    });
    let undone: Promise<void> | undefined;
    vscode.commands.executeCommand = async (...[id, given]: unknown[]): Promise<void> => {
      assert.equal(id, 'panopticon.project.add');
      undone = Promise.resolve(projectAdd.run(app, given));
      await undone.catch(() => undefined);
    };
    shown.click = 'Undo';
    await projectRemove.run(app);
    await new Promise(setImmediate);
    assert.deepEqual(added, [project]);
    await assert.rejects(async () => undone, { code: 'noFolder' });
  });
});
