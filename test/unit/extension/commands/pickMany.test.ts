import assert from 'node:assert/strict';
import type * as picking from '../../../../extension/src/commands/pick.ts';
import { loadParts } from '../support/loadParts.ts';
import { Shown } from '../support/standIns.ts';

describe('a picker of several lines', () => {
  const rows = ['Redis', 'Memory'].map((label) => ({ value: label, label }));
  const shown = new Shown();
  const { pickMany } = loadParts<typeof picking>(shown.vscode, 'commands/pick.ts');

  it('stays open and says why when an Enter chose none where one is needed', async () => {
    const choosing = pickMany({ title: 'MIN-1 asks', rows, refusal: 'Tick what you choose first.' });
    const picker = await shown.input();
    picker.enter();
    await new Promise(setImmediate);
    assert.deepEqual([picker.isOpen, picker.title], [true, 'MIN-1 asks · Tick what you choose first.']);
    picker.choose('Memory');
    assert.deepEqual(await choosing, ['Memory']);
  });

  it('takes none for an answer elsewhere', async () => {
    const choosing = pickMany({ title: 'Filter', rows });
    (await shown.input()).enter();
    assert.deepEqual(await choosing, []);
  });
});
