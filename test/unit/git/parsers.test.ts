import assert from 'node:assert/strict';
import { parseLeftRight } from '../../../runner/core/git/parseLeftRight.ts';
import { parseRefs } from '../../../runner/core/git/parseRefs.ts';
import { parseStatus } from '../../../runner/core/git/parseStatus.ts';
import { parseWorktreeList } from '../../../runner/core/git/parseWorktreeList.ts';

const id = 'a'.repeat(40);

describe('parseWorktreeList', () => {
  it('reads branches, detached heads, locks, and paths with newlines', () => {
    const text = [
      `worktree /p\nq\0HEAD ${id}\0branch refs/heads/feature/min-1\0\0`,
      `worktree /w\0HEAD ${id}\0detached\0locked panopticon: creating\0\0`,
      `worktree /gone\0HEAD ${id}\0branch refs/heads/b\0locked\0prunable gitdir file points to non-existent location\0\0`,
      'worktree /bare\0bare\0\0',
    ].join('');
    const plain = { head: id, branch: null, bare: false, locked: null, prunable: null };
    assert.deepEqual(parseWorktreeList(text), [
      { ...plain, path: '/p\nq', branch: 'feature/min-1' },
      { ...plain, path: '/w', locked: 'panopticon: creating' },
      { ...plain, path: '/gone', branch: 'b', locked: '', prunable: 'gitdir file points to non-existent location' },
      { ...plain, path: '/bare', head: null, bare: true },
    ]);
  });

  it('reads nothing from nothing', () => assert.deepEqual(parseWorktreeList(''), []));
});

describe('parseStatus', () => {
  it('reads every kind of entry, with spaces and newlines in names', () => {
    const text = [
      `# branch.oid ${id}`,
      '# branch.head feature/min-1',
      '# branch.upstream origin/feature/min-1',
      '# branch.ab +1 -0',
      `1 .M N... 100644 100644 100644 ${id} ${id} a b\nc.txt`,
      `1 .M SCM. 160000 160000 160000 ${id} ${id} sub`,
      `1 A. S... 000000 160000 160000 ${id} ${id} clean`,
      `2 R. N... 100644 100644 100644 ${id} ${id} R100 new name`,
      'old name',
      `u UU N... 100644 100644 100644 100644 ${id} ${id} ${id} both sides`,
      '? -new file',
      '? nested/',
      '! ignored',
      '',
    ].join('\0');
    const plain = { from: null, submoduleWork: false };
    assert.deepEqual(parseStatus(text), {
      head: id,
      branch: 'feature/min-1',
      upstream: 'origin/feature/min-1',
      entries: [
        { ...plain, kind: 'changed', path: 'a b\nc.txt' },
        { ...plain, kind: 'changed', path: 'sub', submoduleWork: true },
        { ...plain, kind: 'changed', path: 'clean' },
        { ...plain, kind: 'renamed', path: 'new name', from: 'old name' },
        { ...plain, kind: 'unmerged', path: 'both sides' },
        { ...plain, kind: 'untracked', path: '-new file' },
        { ...plain, kind: 'untracked', path: 'nested/' },
        { ...plain, kind: 'ignored', path: 'ignored' },
      ],
    });
  });

  it('reads a repository without a commit and a detached head', () => {
    const status = parseStatus('# branch.oid (initial)\0# branch.head (detached)\0');
    assert.deepEqual(status, { head: null, branch: null, upstream: null, entries: [] });
  });
});

describe('parseLeftRight', () => {
  it('reads two counts', () => assert.deepEqual(parseLeftRight('3\t14\n'), { left: 3, right: 14 }));
  it('refuses anything else', () => assert.throws(() => parseLeftRight('usage: git'), /not a pair of counts/));
});

describe('parseRefs', () => {
  it('reads names, ids and the targets of symbolic refs', () => {
    const text = `refs/heads/main\0${id}\0\nrefs/remotes/origin/HEAD\0${id}\0refs/remotes/origin/main\n`;
    assert.deepEqual(parseRefs(text), [
      { name: 'refs/heads/main', id, target: null },
      { name: 'refs/remotes/origin/HEAD', id, target: 'refs/remotes/origin/main' },
    ]);
  });
});
