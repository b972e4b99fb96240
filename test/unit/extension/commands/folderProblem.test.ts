import assert from 'node:assert/strict';
import { folderProblem } from '../../../../extension/src/commands/project/folderProblem.ts';

describe('a folder that cannot be added', () => {
  it('is said with what helps', () => {
    assert.deepEqual(
      ['notARepository', 'noCommit', 'bareRepository', 'folderMissing'].map((code) => folderProblem(code, 'shop')),
      [
        { text: 'shop is not a git repository.', helps: ['initialize', 'choose'] },
        { text: 'shop has no commit yet. Commit once, then add it again.', helps: ['choose'] },
        { text: 'shop is bare: it has no files to work on. Choose a checkout of it.', helps: ['choose'] },
        { text: 'The folder shop is not there.', helps: ['choose'] },
      ],
    );
  });

  it('keeps its sentence short enough to be shown whole', () => {
    const text = folderProblem('bareRepository', 'very'.repeat(50))?.text ?? '';
    assert.ok(text.length > 100 && text.length <= 160, text);
  });

  it('is left to others where the folder is not to blame', () => {
    assert.equal(folderProblem('projectNameTaken', 'shop'), undefined);
  });
});
