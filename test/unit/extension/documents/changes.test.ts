import assert from 'node:assert/strict';
import { baseFileOf, baseQuery } from '../../../../extension/src/documents/baseFileName.ts';
import { changeSides } from '../../../../extension/src/documents/changeSides.ts';
import type { ChangedFile } from '../../../../runner/protocol/workspaceModels.ts';

const commit = 'c0ffee'.padEnd(40, '0');

describe('the two sides of a change', () => {
  const before = { issueId: 'MIN-1', commit, path: 'src/a.ts' };
  const table: [Partial<ChangedFile>, ReturnType<typeof changeSides>][] = [
    [{ status: 'modified' }, { before, after: 'src/a.ts' }],
    [{ status: 'conflicted' }, { before, after: 'src/a.ts' }],
    [{ status: 'added' }, { before: undefined, after: 'src/a.ts' }],
    [{ status: 'untracked' }, { before: undefined, after: 'src/a.ts' }],
    [{ status: 'deleted' }, { before, after: undefined }],
    [
      { status: 'renamed', from: 'old.ts' },
      { before: { ...before, path: 'old.ts' }, after: 'src/a.ts' },
    ],
  ];
  for (const [changes, expected] of table) {
    it(`of a file that is ${changes.status}`, () => {
      const file: ChangedFile = { path: 'src/a.ts', from: null, status: 'modified', added: 1, removed: 1, ...changes };
      assert.deepEqual(changeSides('MIN-1', { name: 'main', commit }, file), expected);
    });
  }
});

describe('the address of a file of the base', () => {
  it('names issue, commit and path', () => {
    const file = { issueId: 'MIN-1', commit, path: 'src/a b#?%.ts' };
    assert.deepEqual(baseFileOf(baseQuery(file)), file);
  });

  const table: [string, string][] = [
    ['no issue', `x ${commit} a`],
    ['a name of a commit', 'MIN-1 main a'],
    ['an option', 'MIN-1 --all a'],
    ['more than that', `MIN-1 ${commit} a x`],
    ['no path', `MIN-1 ${commit}`],
    ['half a sign', `MIN-1 ${commit} %E0%`],
  ];
  for (const [what, query] of table) {
    it(`is none with ${what}`, () => assert.equal(baseFileOf(query), undefined));
  }
});
