import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { anIssue } from './models.ts';
import { runPan } from './runPan.ts';

const answers = { 'issues.create': () => anIssue(), 'issues.edit': () => anIssue() };

async function created(...words: string[]): Promise<unknown> {
  const ran = await runPan(['issue', 'create', ...words], { answers, stdin: 'from stdin\n' });
  assert.equal(ran.code, 0, ran.stderr);
  return ran.calls[0]?.params;
}

const plain = { body: undefined, labels: [], priority: undefined, project: undefined, cwd: '/home/ada' };

describe('pan issue create', () => {
  it('takes the title as words, as an option, or after --', async () => {
    const title = 'fix the login';
    assert.deepEqual(await created('fix', 'the', 'login'), { ...plain, title });
    assert.deepEqual(await created('fix the\r\n  login '), { ...plain, title });
    assert.deepEqual(await created('--title', title), { ...plain, title });
    assert.deepEqual(await created('--', '--json', 'is ignored'), { ...plain, title: '--json is ignored' });
    assert.deepEqual(await created('--title', '-v; $(id)'), { ...plain, title: '-v; $(id)' });
  });

  it('takes labels, priority, project and a body', async () => {
    assert.deepEqual(
      await created('x', '--label', 'a,b', '--label', 'c', '--priority', 'high', '--project', 'myn', '--body', '# B\n'),
      { title: 'x', body: '# B\n', labels: ['a', 'b', 'c'], priority: 'high', project: 'myn', cwd: '/home/ada' },
    );
    assert.deepEqual(await created('x', '--body-file', '-'), { ...plain, title: 'x', body: 'from stdin\n' });
  });

  it('reads the body from a file, relative to where it was typed', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'pan cli '));
    try {
      await writeFile(path.join(folder, 'b.md'), 'body\n');
      const ran = await runPan(['issue', 'create', 'x', '--body-file', 'b.md'], { answers, cwd: folder });
      assert.deepEqual(ran.calls[0]?.params, { ...plain, title: 'x', body: 'body\n', cwd: folder });
      const missing = await runPan(['issue', 'create', 'x', '--body-file', 'c.md', '--json'], { answers, cwd: folder });
      assert.equal(missing.code, 1);
      assert.equal(JSON.parse(missing.stdout).error.message, 'There is no file c.md.');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('refuses a missing, an empty and a double title, and a double body', async () => {
    for (const words of [
      [],
      [' \n '],
      ['--title', ''],
      ['x', '--title', 'y'],
      ['x', '--body', 'a', '--body-file', 'b'],
    ]) {
      const ran = await runPan(['issue', 'create', ...words], { answers });
      assert.deepEqual([ran.code, ran.calls], [2, []], words.join(' '));
    }
  });

  it('prints the issue', async () => {
    const ran = await runPan(['issue', 'create', 'x', '--json'], { answers });
    assert.deepEqual(JSON.parse(ran.stdout), { issue: anIssue() });
    const text = await runPan(['issue', 'create', 'x'], { answers });
    assert.match(text.stdout, /^MIN-142 created: Rate-limit login\nStart an agent on it: pan work issue MIN-142\n$/);
  });
});

describe('pan issue edit', () => {
  it('sends only what was given', async () => {
    const ran = await runPan(['issue', 'edit', 'MIN-1', '--state', 'todo', '--label', ''], { answers });
    assert.deepEqual(ran.calls[0]?.params, {
      id: 'MIN-1',
      title: undefined,
      body: undefined,
      labels: [],
      priority: undefined,
      state: 'todo',
    });
    assert.equal((await runPan(['issue', 'edit', 'MIN-1'], { answers })).code, 2);
  });

  it('says what has changed, as it is now', async () => {
    const issue = anIssue({ id: 'MIN-3', state: 'in_review', labels: ['a', 'b'], body: 'new' });
    const edit = async (...words: string[]) =>
      (await runPan(['issue', 'edit', 'MIN-3', ...words], { answers: { 'issues.edit': () => issue } })).stdout;
    assert.equal(await edit('--state', 'in_review', '--label', 'a,b'), 'MIN-3: labels a, b, state in_review\n');
    assert.equal(await edit('--body', 'new'), 'MIN-3: body changed\n');
  });
});

describe('pan issue list', () => {
  it('names files that cannot be read beside the issues', async () => {
    const broken = [{ id: 'MIN-7', project: 'myn', path: '/x/MIN-7.md', reason: 'no front matter' }];
    const list = { 'issues.list': () => ({ issues: [anIssue({ labels: ['auth', 'ui'] })], broken }) };
    const ran = await runPan(['issue', 'list'], { answers: list });
    assert.equal(
      ran.stdout,
      [
        'ID      TITLE            STATE PRIORITY PROJECT LABELS',
        'MIN-142 Rate-limit login todo  normal   myn     auth, ui',
        '! MIN-7 cannot be read: no front matter (/x/MIN-7.md)',
        '',
      ].join('\n'),
    );
    const whole = await runPan(['issue', 'list', '--json'], {
      answers: { 'issues.list': () => ({ issues: [], broken: [] }) },
    });
    assert.equal(whole.stdout, '{"issues":[]}\n');
  });

  it('asks for the states that were named, or for all', async () => {
    const list = { 'issues.list': () => ({ issues: [], broken: [] }) };
    const some = await runPan(['issue', 'list', '--state', 'todo,done'], { answers: list });
    assert.deepEqual(some.calls[0]?.params, { project: undefined, states: ['todo', 'done'] });
    const ran = await runPan(['issue', 'list', '--state', 'nope'], { answers: list });
    assert.deepEqual([ran.code, ran.calls], [2, []]);
    assert.match(ran.stderr, /^error: --state cannot be "nope"\.\nhint: One of: backlog, todo/);
  });
});
