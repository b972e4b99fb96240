import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { KeyedMutex } from '../../runner/core/files/keyedMutex.ts';
import type { Clock } from '../../runner/core/ports.ts';
import { LocalTracker } from '../../runner/core/trackers/local/localTracker.ts';
import type { NewIssue } from '../../runner/core/trackers/tracker.ts';
import { issueStates } from '../../runner/protocol/enumerations.ts';
import type { Project } from '../../runner/protocol/models.ts';
import { useTempFolder } from '../support/tempFolder.ts';

const fields: NewIssue = { title: 'Rate-limit login', body: '', labels: [], priority: 'normal', state: 'todo' };
const all = { states: issueStates };

describe('LocalTracker', () => {
  const folder = useTempFolder();

  it('keeps an issue as a Markdown file and shows exactly what was given', async () => {
    const { tracker, project, issues } = arrange(folder());
    const hostile: NewIssue = {
      title: '--help $(touch x) `id` "quoted" \'single\' !bang \u{1f600} # no: comment',
      body: `\n\r\n$(touch x) \u001b[31m\u0000\n---\nid: MIN-9\n---\n${'x'.repeat(100_000)}\r\n\n`,
      labels: ['a, b', '[c]'],
      priority: 'urgent',
      state: 'planning',
    };
    const created = await tracker.create(project, hostile);
    assert.deepEqual(created, {
      ...hostile,
      id: 'MIN-1',
      tracker: 'local',
      url: pathToFileURL(path.join(issues, 'MIN-1.md')).href,
      project: 'my n',
      createdAt: '2036-01-01T00:00:00.000Z',
      updatedAt: '2036-01-01T00:00:00.000Z',
    });
    assert.deepEqual(await tracker.get(project, 'MIN-1'), created);
    const { body, createdAt, ...listed } = created;
    assert.deepEqual(await tracker.list(project, all), { issues: [listed], broken: [] });
    assert.equal(statSync(path.join(issues, 'MIN-1.md')).mode & 0o777, 0o644 & ~process.umask());
    assert.deepEqual(readdirSync(issues).sort(), ['.last', 'MIN-1.md']);
  });

  it('loses nothing and gives no number twice when 32 are created at once', async () => {
    const { tracker, project, issues } = arrange(folder());
    const titles = Array.from({ length: 32 }, (_, index) => `issue ${index}`);
    const created = await Promise.all(titles.map((title) => tracker.create(project, { ...fields, title })));
    assert.equal(new Set(created.map((issue) => issue.id)).size, 32);
    const { issues: listed } = await tracker.list(project, all);
    assert.deepEqual(listed.map((issue) => issue.title).sort(), titles.sort());
    assert.equal(readdirSync(issues).length, 33);
  });

  it('loses nothing and gives no number twice when several processes create at once', async () => {
    const { tracker, project, issues } = arrange(folder());
    const program = require.resolve('../support/createIssues.ts');
    const runs = ['a', 'b', 'c', 'd'].map((name) =>
      promisify(execFile)(process.execPath, ['--import=tsx', program, project.path, '8', name], { timeout: 50_000 }),
    );
    await Promise.allSettled(runs);
    const ids = (await Promise.all(runs)).flatMap((run): string[] => JSON.parse(run.stdout));
    assert.equal(new Set(ids).size, 32);
    const { issues: listed, broken } = await tracker.list(project, all);
    assert.deepEqual(broken, []);
    assert.deepEqual(listed.map((issue) => issue.id).sort(), ids.sort());
    assert.equal(new Set(listed.map((issue) => issue.title)).size, 32);
    assert.deepEqual(
      readdirSync(issues).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('never gives a number again, also after the last issue was deleted', async () => {
    const { tracker, project, issues } = arrange(folder());
    await tracker.create(project, fields);
    await tracker.create(project, fields);
    rmSync(path.join(issues, 'MIN-2.md'));
    assert.equal((await tracker.create(project, fields)).id, 'MIN-3');
    writeFileSync(path.join(issues, 'min-40.md'), '# by hand\n');
    mkdirSync(path.join(issues, 'MIN-41.md'));
    assert.equal((await tracker.create(project, fields)).id, 'MIN-42');
    assert.equal((await arrange(folder()).tracker.create(project, fields)).id, 'MIN-43');
    writeFileSync(path.join(issues, '.last'), 'garbage');
    assert.equal((await tracker.create(project, fields)).id, 'MIN-44');
  });

  it('applies changes from all sides one after the other', async () => {
    const { tracker, project } = arrange(folder());
    const other = arrange(folder()).tracker;
    await tracker.create(project, fields);
    await Promise.all([
      tracker.update(project, 'MIN-1', { title: 'New title' }),
      tracker.update(project, 'MIN-1', { priority: 'high' }),
      tracker.update(project, 'MIN-1', { labels: ['bug'] }),
    ]);
    await other.update(project, 'MIN-1', { body: 'New body' });
    const { title, priority, labels, body } = await tracker.update(project, 'MIN-1', { state: 'in_progress' });
    assert.deepEqual(
      { title, priority, labels, body },
      {
        title: 'New title',
        priority: 'high',
        labels: ['bug'],
        body: 'New body',
      },
    );
  });

  it('takes a hand-made file whatever the case of its name, and edits it in place', async () => {
    const { tracker, project, issues } = arrange(folder());
    mkdirSync(issues, { recursive: true });
    const file = path.join(issues, 'min-3.md');
    writeFileSync(file, '---\r\nowner: Ann # who\r\n---\r\n# By hand\r\n', { mode: 0o600 });
    const before = await tracker.get(project, 'MIN-3');
    assert.deepEqual([before.id, before.title, before.body], ['MIN-3', 'By hand', '# By hand\r\n']);
    await tracker.update(project, 'MIN-3', { state: 'done' });
    assert.equal(
      readFileSync(file, 'utf8'),
      '---\r\nowner: Ann # who\r\nstate: done\r\nupdated: 2036-01-01T00:00:00.000Z\r\n---\r\n# By hand\r\n',
    );
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(issues), ['min-3.md']);
  });

  it('leaves a file alone when an edit changes nothing', async () => {
    const { tracker, project, issues } = arrange(folder());
    mkdirSync(issues, { recursive: true });
    const file = path.join(issues, 'MIN-1.md');
    writeFileSync(file, "---\ntitle:   'Same'\n---\n\nbody");
    const before = statSync(file, { bigint: true });
    await tracker.update(project, 'MIN-1', { title: 'Same', body: 'body', state: 'todo', labels: [] });
    const after = statSync(file, { bigint: true });
    assert.deepEqual([after.ino, after.mtimeNs], [before.ino, before.mtimeNs]);
  });

  it('names broken files with their reason, lists the others, and never overwrites them', async () => {
    const { tracker, project, issues } = arrange(folder());
    await tracker.create(project, fields);
    const secret = path.join(folder(), 'secret');
    writeFileSync(secret, '# secret\n');
    writeFileSync(path.join(issues, 'MIN-10.md'), '---\ntitle: "a\n---\n');
    writeFileSync(path.join(issues, 'MIN-11.md'), '---\ntitle: a\nstate: doing\n---\n');
    writeFileSync(path.join(issues, 'MIN-12.md'), '---\nid: MIN-1\ntitle: a\n---\n');
    mkdirSync(path.join(issues, 'MIN-13.md'));
    symlinkSync(secret, path.join(issues, 'MIN-14.md'));
    execFileSync('mkfifo', [path.join(issues, 'MIN-15.md')]);
    writeFileSync(path.join(issues, 'MIN-16.md'), `# big\n${'x'.repeat(1024 * 1024)}`);
    writeFileSync(path.join(issues, 'MIN-17.md'), '');
    writeFileSync(path.join(issues, 'OLD-1.md'), '# old\n');
    for (const name of ['README.md', 'MIN-1.md.bak', '-1.md', 'MIN-x.md', 'notes.txt']) {
      writeFileSync(path.join(issues, name), 'not ours');
    }
    const { issues: listed, broken } = await tracker.list(project, { states: ['todo'] });
    assert.deepEqual(
      listed.map((issue) => issue.id),
      ['MIN-1'],
    );
    const reasons = Object.fromEntries(broken.map(({ id, reason }) => [id, reason]));
    assert.deepEqual(Object.keys(reasons).sort(), [...'01234567'].map((digit) => `MIN-1${digit}`).concat('OLD-1'));
    assert.match(reasons['MIN-10'] ?? '', /^line 3: Missing closing "quote/);
    assert.match(reasons['MIN-11'] ?? '', /^line 3: the state 'doing' is not one of/);
    assert.match(reasons['MIN-12'] ?? '', /^line 2: the id 'MIN-1' is not that of the file name, MIN-12$/);
    assert.equal(reasons['MIN-13'], 'it is a folder');
    assert.equal(reasons['MIN-14'], 'it is a symbolic link');
    assert.equal(reasons['MIN-15'], 'it is not a file');
    assert.equal(reasons['MIN-16'], 'it is larger than 1 MB');
    assert.equal(reasons['OLD-1'], 'ids of my n begin with MIN-');
    const unreadable = {
      code: 'issueUnreadable',
      message: `MIN-11 cannot be read: ${path.join(issues, 'MIN-11.md')}: ${reasons['MIN-11']}.`,
    };
    await assert.rejects(tracker.get(project, 'MIN-11'), unreadable);
    await assert.rejects(tracker.update(project, 'MIN-11', { state: 'done' }), unreadable);
    assert.equal(readFileSync(path.join(issues, 'MIN-11.md'), 'utf8'), '---\ntitle: a\nstate: doing\n---\n');
    await assert.rejects(tracker.update(project, 'MIN-14', { state: 'done' }), { code: 'issueUnreadable' });
    assert.equal(readFileSync(secret, 'utf8'), '# secret\n');
  });

  it('says which issue is not there', async () => {
    const { tracker, project } = arrange(folder());
    const missing = { code: 'issueNotFound', message: 'There is no issue MIN-999 in my n.' };
    await assert.rejects(tracker.get(project, 'MIN-999'), missing);
    await tracker.create(project, fields);
    await assert.rejects(tracker.get(project, 'MIN-999'), missing);
    await assert.rejects(tracker.update(project, 'MIN-999', { state: 'done' }), missing);
  });

  it('refuses folders that lead outside the project and writes nothing there', async () => {
    for (const link of ['.panopticon', '.panopticon/issues']) {
      const { tracker, project } = arrange(path.join(folder(), link.replace('/', '-')));
      const elsewhere = path.join(folder(), `elsewhere${link.length}`);
      mkdirSync(path.join(elsewhere, 'issues'), { recursive: true });
      mkdirSync(path.dirname(path.join(project.path, link)), { recursive: true });
      symlinkSync(elsewhere, path.join(project.path, link));
      await assert.rejects(tracker.create(project, fields), { code: 'issuesOutside' });
      await assert.rejects(tracker.list(project, all), { code: 'issuesOutside' });
      assert.deepEqual(readdirSync(elsewhere), ['issues']);
      assert.deepEqual(readdirSync(path.join(elsewhere, 'issues')), []);
      rmSync(elsewhere, { recursive: true });
      await assert.rejects(tracker.create(project, fields), { code: 'issuesOutside' }, 'a dangling link');
    }
  });

  it('holds the longest title and labels that are taken', async () => {
    const { tracker, project } = arrange(folder());
    const labels = Array.from({ length: 30 }, (_, index) => `${'\u{1f600}'.repeat(98)}${10 + index}`);
    const created = await tracker.create(project, { ...fields, title: '"\u{1f600}'.repeat(250), labels });
    assert.deepEqual(await tracker.get(project, 'MIN-1'), created);
    assert.deepEqual(created.labels, labels);
  });

  it('refuses issues over 1 MB and leaves the old text', async () => {
    const { tracker, project } = arrange(folder());
    const body = 'x'.repeat(1024 * 1024);
    await assert.rejects(tracker.create(project, { ...fields, body }), { code: 'issueTooLarge' });
    await tracker.create(project, { ...fields, body: 'old' });
    await assert.rejects(tracker.update(project, 'MIN-1', { body }), { code: 'issueTooLarge' });
    assert.equal((await tracker.get(project, 'MIN-1')).body, 'old');
  });

  it('lists a long hand-made issue by its first heading', async () => {
    const { tracker, project, issues } = arrange(folder());
    mkdirSync(issues, { recursive: true });
    const body = `intro\n# Long\n${'\u00e9'.repeat(200_000)}`;
    writeFileSync(path.join(issues, 'MIN-1.md'), body);
    const { issues: listed, broken } = await tracker.list(project, all);
    assert.deepEqual(broken, []);
    assert.deepEqual(
      listed.map((issue) => issue.title),
      ['Long'],
    );
    assert.equal((await tracker.get(project, 'MIN-1')).body, body);
  });

  it('explains a file where the folder should be', async () => {
    const { tracker, project } = arrange(folder());
    writeFileSync(path.join(project.path, '.panopticon'), 'a file');
    await assert.rejects(tracker.create(project, fields), { code: 'issuesNoFolder' });
    await assert.rejects(tracker.list(project, all), { code: 'issuesNoFolder' });
  });

  it('reads a file again only when it has changed', async () => {
    const { tracker, project, issues } = arrange(folder());
    mkdirSync(issues, { recursive: true });
    for (let number = 1; number <= 2_000; number += 1) {
      writeFileSync(path.join(issues, `MIN-${number}.md`), `---\ntitle: Issue ${number}\nstate: todo\n---\n`);
    }
    const firstMs = await timeOf(() => tracker.list(project, all));
    const secondMs = await timeOf(() => tracker.list(project, all));
    assert.ok(secondMs < firstMs, `${firstMs} ms, then ${secondMs} ms`);
    writeFileSync(path.join(issues, 'MIN-7.md'), '---\ntitle: Issue X\nstate: done\n---\n');
    rmSync(path.join(issues, 'MIN-8.md'));
    const { issues: listed } = await tracker.list(project, all);
    assert.equal(listed.length, 1_999);
    assert.deepEqual(
      listed.filter((issue) => issue.state === 'done').map(({ id, title }) => [id, title]),
      [['MIN-7', 'Issue X']],
    );
  });
});

function arrange(folder: string): { tracker: LocalTracker; project: Project; issues: string } {
  const root = path.join(folder, `a project's "folder"`);
  mkdirSync(root, { recursive: true });
  const project: Project = {
    name: 'my n',
    path: root,
    prefix: 'MIN',
    tracker: 'local',
    defaultBranch: 'main',
    addedAt: '',
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const tracker = new LocalTracker({ clock: fixedClock, log, mutex: new KeyedMutex() });
  return { tracker, project, issues: path.join(root, '.panopticon', 'issues') };
}

/** Its time is fixed for what is written; far ahead of the files' times, so that all of them count as settled. */
const fixedClock: Clock = {
  now: () => new Date('2036-01-01T00:00:00.000Z'),
  monotonicMs: () => performance.now(),
  after: () => () => undefined,
};

async function timeOf(task: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await task();
  return performance.now() - startMs;
}
