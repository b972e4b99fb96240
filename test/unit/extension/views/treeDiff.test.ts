import assert from 'node:assert/strict';
import { treeDiff } from '../../../../extension/src/views/treeDiff.ts';
import { noteNode, type TreeNode } from '../../../../extension/src/views/treeNode.ts';

const leaf = (key: string, label = key): TreeNode => noteNode(key, { label, description: '', icon: undefined });
const group = (key: string, children: TreeNode[] | 'unloaded', description = ''): TreeNode => ({
  ...leaf(key),
  row: { ...leaf(key).row, description },
  element: { kind: 'group', key },
  children,
});

describe('what is drawn again', () => {
  const before = [group('a', [leaf('1'), leaf('2')]), group('b', [leaf('3')])];
  const table: [string, TreeNode[], 'all' | string[]][] = [
    ['nothing, when nothing is different', [group('a', [leaf('1'), leaf('2')]), group('b', [leaf('3')])], []],
    [
      'the one row that says something else',
      [group('a', [leaf('1'), leaf('2', 'x')]), group('b', [leaf('3')])],
      ['note 2'],
    ],
    ['a group whose rows are others', [group('a', [leaf('1')]), group('b', [leaf('3')])], ['group a']],
    [
      'all, when a row moved from one group to another',
      [group('a', [leaf('1')]), group('b', [leaf('2'), leaf('3')])],
      'all',
    ],
    [
      'a group whose rows are in another order',
      [group('a', [leaf('2'), leaf('1')]), group('b', [leaf('3')])],
      ['group a'],
    ],
    [
      'a group that says something else',
      [group('a', [leaf('1'), leaf('2')], '9'), group('b', [leaf('3')])],
      ['group a'],
    ],
    ['a group that is not loaded any more', [group('a', 'unloaded'), group('b', [leaf('3')])], ['group a']],
    [
      'all, when a group came',
      [...[group('a', [leaf('1'), leaf('2')]), group('b', [leaf('3')])], group('c', [])],
      'all',
    ],
    ['all, when groups changed places', [group('b', [leaf('3')]), group('a', [leaf('1'), leaf('2')])], 'all'],
  ];
  for (const [what, after, expected] of table) {
    it(`is ${what}`, () => assert.deepEqual(treeDiff(before, after), expected));
  }

  it('is a row of a group that says something else, too', () => {
    const after = [group('a', [leaf('1', 'x'), leaf('2')], '9'), group('b', [leaf('3')])];
    assert.deepEqual(treeDiff(before, after), ['group a', 'note 1']);
  });
});
