import assert from 'node:assert/strict';
import { linesIn } from '../../../runner/core/files/countLines.ts';
import { parseDiff } from '../../../runner/core/git/parseDiff.ts';
import type { StatusEntry } from '../../../runner/core/git/parseStatus.ts';
import { countFiles } from '../../../runner/core/workspaces/listRescues.ts';
import { mergeChanges } from '../../../runner/core/workspaces/mergeChanges.ts';
import { isInside, isObjectId } from '../../../runner/core/workspaces/readBaseFile.ts';
import { compareRescues, parseRescueRef } from '../../../runner/core/workspaces/rescueNames.ts';
import type { Project } from '../../../runner/protocol/models.ts';

const project: Project = {
  name: 'min',
  path: '/min',
  prefix: 'MIN',
  tracker: 'local',
  defaultBranch: 'main',
  addedAt: '2026-11-22T12:00:00.000Z',
};

describe('parseDiff', () => {
  it('reads what changed and how many lines, whatever the names are', () => {
    const text = [
      ':100644 100644 f62562a ce9974e M\0a.txt\0',
      ':100644 000000 20b5be9 0000000 D\0:odd\t1\0',
      ':100644 100644 2268d75 2268d75 R086\0old\0new\nname\0',
      ':000000 000000 0000000 0000000 U\0conflict\0',
      '12\t3\ta.txt\0-\t-\t:odd\t1\x001\t0\t\0old\0new\nname\0',
    ].join('');
    assert.deepEqual(parseDiff(text), [
      { letter: 'M', path: 'a.txt', from: null, added: 12, removed: 3 },
      { letter: 'D', path: ':odd\t1', from: null, added: null, removed: null },
      { letter: 'R', path: 'new\nname', from: 'old', added: 1, removed: 0 },
      { letter: 'U', path: 'conflict', from: null, added: null, removed: null },
    ]);
  });

  it('reads nothing from nothing, and from what git cut off', () => {
    assert.deepEqual(parseDiff(''), []);
    assert.deepEqual(parseDiff(':100644 100644 f62562a ce9974e M\0a.txt\x001\t'), [
      { letter: 'M', path: 'a.txt', from: null, added: null, removed: null },
    ]);
  });
});

describe('mergeChanges', () => {
  const entry = (kind: StatusEntry['kind'], path: string): StatusEntry => {
    return { kind, path, from: null, submoduleWork: false };
  };
  const lines = { from: null, added: 1, removed: 2 };

  it('tells each file once, by path, with the state that people know it by', () => {
    const diff = [
      { letter: 'T', path: 'type', ...lines },
      { letter: 'R', path: 'new', ...lines, from: 'old' },
      { letter: 'C', path: 'copy', ...lines, from: 'old' },
      { letter: 'D', path: 'kept', ...lines },
      { letter: 'M', path: 'both', ...lines },
      { letter: 'M', path: '.planning/x', ...lines },
    ];
    const status = [
      entry('unmerged', 'both'),
      entry('unmerged', 'theirs'),
      entry('untracked', 'kept'),
      entry('untracked', 'inner/'),
      entry('untracked', '.env.panopticon'),
      entry('changed', 'type'),
    ];
    assert.deepEqual(mergeChanges(diff, status), [
      { path: 'both', ...lines, status: 'conflicted' },
      { path: 'copy', ...lines, status: 'added' },
      { path: 'inner', from: null, status: 'untracked', added: null, removed: 0 },
      { path: 'kept', from: null, status: 'modified', added: null, removed: null },
      { path: 'new', ...lines, from: 'old', status: 'renamed' },
      { path: 'theirs', from: null, status: 'conflicted', added: null, removed: null },
      { path: 'type', ...lines, status: 'modified' },
    ]);
  });
});

describe('the lines of a file', () => {
  for (const [content, lines] of [
    ['', 0],
    ['a', 1],
    ['a\n', 1],
    ['a\r\nb', 2],
    ['\n\n', 2],
    ['a\0b\n', null],
    [`${'x'.repeat(8_000)}\0`, 1],
  ] as const) {
    it(`are ${lines} in ${JSON.stringify(content.slice(0, 10))}, as git counts`, () =>
      assert.equal(linesIn(Buffer.from(content)), lines));
  }
});

describe('what is asked of the base', () => {
  it('is a commit by its whole id', () => {
    for (const id of ['a'.repeat(40), '0123456789abcdef'.repeat(4)]) assert.ok(isObjectId(id));
    for (const id of ['', 'HEAD', 'a'.repeat(39), 'A'.repeat(40), `-${'a'.repeat(39)}`, `${'a'.repeat(40)}\n`]) {
      assert.ok(!isObjectId(id), id);
    }
  });

  it('is a path that stays inside', () => {
    for (const path of ['a', 'a/b', '..a/b..', '-x', ':(top)', '*', 'a\nb', '...']) assert.ok(isInside(path), path);
    for (const path of ['', '/', '/a', 'a/', 'a//b', '.', '..', 'a/../b', '../a', 'a/..', './a', 'a\0']) {
      assert.ok(!isInside(path), path);
    }
  });
});

describe('rescues', () => {
  const root = 'refs/panopticon/rescue';

  it('tell by their names whose they are and from when', () => {
    const name = parseRescueRef(project, `${root}/min-12/20261122T101502Z-3`);
    assert.deepEqual(name, { issueId: 'MIN-12', at: '2026-11-22T10:15:02.000Z', count: 3 });
    for (const ref of [
      'other-1/20261122T101500Z',
      'MIN-1/20261122T101500Z',
      'min-1/latest',
      'min-1/20269922T101500Z',
    ]) {
      assert.equal(parseRescueRef(project, `${root}/${ref}`), undefined, ref);
    }
  });

  it('are ordered by time, the newest first, also within one second', () => {
    const refs = ['20261122T101500Z-10', '20261122T101500Z-2', '20261122T101500Z', '20261121T235959Z'];
    const names = refs
      .map((ref) => parseRescueRef(project, `${root}/min-1/${ref}`))
      .filter((name) => name !== undefined);
    assert.deepEqual(names.toReversed().sort(compareRescues), names);
  });

  it('count the files that their commits change, whatever they are called', () => {
    const [first, second, third] = ['1', '2', '3'].map((digit) => digit.repeat(40));
    const text = `commit ${first}\0\na\nb\0commit x\0.planning/p\0commit ${second}\0commit ${third}\0\nz\0`;
    assert.deepEqual(
      countFiles(text),
      new Map([
        [first, 2],
        [second, 0],
        [third, 1],
      ]),
    );
  });
});
