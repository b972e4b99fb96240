import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeServices, type Services } from '../support/makeServices.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';

const eightLines = Array.from({ length: 8 }, (_, index) => `line ${index}\n`).join('');

describe('what workspaces changed', () => {
  const folder = useTempFolder();
  let services: Services;
  let repository: TestRepository;
  let workspace: string;
  let base: string;
  const at = (name: string) => path.join(folder(), name);
  const changes = (against?: 'mergeBase' | 'defaultBranch') => services.workspaces.changes({ id: 'min-1', against });
  const rows = async (against?: 'defaultBranch') =>
    (await changes(against)).files.map((file) => [file.status, file.path, file.from, file.added, file.removed]);
  const file = (name: string, commit = base) => services.workspaces.file({ id: 'MIN-1', path: name, commit });
  const text = async (name: string) => Buffer.from((await file(name)).base64 ?? '', 'base64').toString('latin1');

  beforeEach(async () => {
    mkdirSync(at('home'));
    services = makeServices(at('home'));
    repository = makeRepository(at('min'), { 'a.txt': 'a\n', 'b.txt': 'b\n', 'old.txt': eightLines, 'c.bin': 'a\0b' });
    base = repository.git(['rev-parse', 'HEAD']);
    await services.projects.add({ path: repository.path });
    workspace = (await services.workspaces.create('MIN-1')).path;
  });

  it('is nothing where nothing was done', async () => {
    assert.deepEqual(await changes(), {
      issueId: 'MIN-1',
      path: workspace,
      branch: 'feature/min-1',
      base: { name: 'main', commit: base },
      files: [],
      total: 0,
      added: 0,
      removed: 0,
    });
  });

  it('tells of commits, changes and new files together, with their lines', async () => {
    repository.commit({ 'committed.txt': '1\n2\n', 'a.txt': 'a\nmore\n' }, 'work', workspace);
    renameSync(path.join(workspace, 'old.txt'), path.join(workspace, 'new name.txt'));
    repository.git(['add', '--all'], workspace);
    repository.write(
      { 'a.txt': 'other\n', 'c.bin': 'a\0c', 'new/untracked.txt': '1\n2\n3', 'pic.png': '\0' },
      workspace,
    );
    rmSync(path.join(workspace, 'b.txt'));
    symlinkSync('/nowhere', path.join(workspace, 'link'));
    const result = await changes();
    assert.deepEqual(await rows(), [
      ['modified', 'a.txt', null, 1, 1],
      ['deleted', 'b.txt', null, 0, 1],
      ['modified', 'c.bin', null, null, null],
      ['added', 'committed.txt', null, 2, 0],
      ['untracked', 'link', null, 1, 0],
      ['renamed', 'new name.txt', 'old.txt', 0, 0],
      ['untracked', 'new/untracked.txt', null, 3, 0],
      ['untracked', 'pic.png', null, null, 0],
    ]);
    assert.deepEqual([result.total, result.added, result.removed], [8, 7, 2]);
  });

  it('takes names as they are, whatever is in them', async () => {
    const names = ['"quoted"', "it's", 'new\nline', ' lead', '-rf', ':(top)x', 'täb\t', '*'];
    for (const name of names) writeFileSync(path.join(workspace, name), 'x\n');
    repository.commit({}, 'odd', workspace);
    for (const name of names) writeFileSync(path.join(workspace, name), 'x\ny\n');
    for (const name of names) writeFileSync(path.join(workspace, `${name}2`), 'x\n');
    // macOS takes no such name.
    const isLinux = process.platform === 'linux';
    const bytes = Buffer.concat([Buffer.from(`${workspace}/`), Buffer.from([0x66, 0xff, 0xfe])]);
    if (isLinux) writeFileSync(bytes, 'x\n');
    const result = await changes();
    const untracked = names.map((name) => `${name}2`);
    assert.deepEqual(
      result.files.map((each) => [each.path, each.status, each.added]),
      [
        ...names.map((name) => [name, 'added', 2]),
        ...untracked.map((name) => [name, 'untracked', 1]),
        ...(isLinux ? [['f\ufffd\ufffd', 'untracked', null]] : []),
      ].sort(([a = ''], [b = '']) => ((a ?? '') < (b ?? '') ? -1 : 1)),
    );
    const head = repository.git(['rev-parse', 'HEAD'], workspace);
    for (const name of names) {
      assert.equal(Buffer.from((await file(name, head)).base64 ?? '', 'base64').toString(), 'x\n', name);
    }
  });

  it('waits for no pipe and reads no device, whatever stands where files were', async () => {
    const inPlaceOf = (name: string) => path.join(workspace, name);
    rmSync(inPlaceOf('b.txt'));
    symlinkSync('/dev/zero', inPlaceOf('b.txt'));
    symlinkSync('/dev/zero', inPlaceOf('zeros'));
    execFileSync('mkfifo', [inPlaceOf('pipe')]);
    assert.deepEqual(
      (await changes()).files.map((each) => [each.path, each.status, each.added]),
      [
        ['b.txt', 'modified', 1],
        ['zeros', 'untracked', 1],
      ],
    );
    rmSync(inPlaceOf('a.txt'));
    execFileSync('mkfifo', [inPlaceOf('a.txt')]);
    await assert.rejects(changes(), { message: 'git diff: cannot hash a.txt.' });
  });

  it('compares with where the branch left its base, or with the base as it is now', async () => {
    repository.commit({ 'b.txt': 'other\n' }, 'meanwhile');
    repository.write({ 'a.txt': 'mine\n' }, workspace);
    assert.deepEqual(await rows(), [['modified', 'a.txt', null, 1, 1]]);
    assert.deepEqual(await rows('defaultBranch'), [
      ['modified', 'a.txt', null, 1, 1],
      ['modified', 'b.txt', null, 1, 1],
    ]);
    assert.equal((await changes('defaultBranch')).base.commit, repository.git(['rev-parse', 'main']));
  });

  it('shows a conflict as one, and a file that left the index as changed', async () => {
    repository.commit({ 'a.txt': 'theirs\n' }, 'theirs');
    repository.commit({ 'a.txt': 'ours\n' }, 'ours', workspace);
    assert.throws(() => repository.git(['merge', 'main'], workspace));
    repository.git(['rm', '--quiet', '--cached', 'b.txt'], workspace);
    const shown = (await changes()).files.map((each) => [each.status, each.path]);
    assert.deepEqual(shown, [
      ['conflicted', 'a.txt'],
      ['modified', 'b.txt'],
    ]);
  });

  it('leaves out the files the runner owns, and what git ignores', async () => {
    repository.write({ '.planning/min-1/STATE.md': 's', '.env.panopticon': 'x', '.gitignore': '*.log' }, workspace);
    repository.write({ 'noise.log': '' }, workspace);
    assert.deepEqual(await rows(), [['untracked', '.gitignore', null, 1, 0]]);
  });

  it('lists a thousand files of more, and counts them all', async () => {
    repository.write(Object.fromEntries(Array.from({ length: 1_003 }, (_, index) => [`n${index}`, 'x\n'])), workspace);
    const result = await changes();
    assert.deepEqual([result.files.length, result.total, result.added], [1_000, 1_003, 1_000]);
  });

  it('does what it says whatever the configuration of the repository', async () => {
    repository.git(['config', 'diff.external', 'false']);
    repository.git(['config', 'diff.relative', 'true']);
    repository.git(['config', 'color.ui', 'always']);
    repository.git(['config', 'diff.renames', 'false']);
    repository.write({ '.gitattributes': '*.txt diff=broken\n' }, workspace);
    repository.git(['config', 'diff.broken.textconv', 'false']);
    chmodSync(path.join(workspace, 'b.txt'), 0o755);
    renameSync(path.join(workspace, 'old.txt'), path.join(workspace, 'z.txt'));
    repository.git(['add', 'old.txt', 'z.txt'], workspace);
    assert.deepEqual(await rows(), [
      ['untracked', '.gitattributes', null, 1, 0],
      ['modified', 'b.txt', null, 0, 0],
      ['renamed', 'z.txt', 'old.txt', 0, 0],
    ]);
  });

  it('says why where there is nothing that could be read', async () => {
    await assert.rejects(services.workspaces.changes({ id: 'MIN-2' }), { code: 'workspaceUnknown' });
    rmSync(path.join(workspace, '.git'));
    await assert.rejects(changes(), {
      code: 'workspaceCorrupted',
      hint: 'Keep a rescue and remove it: pan workspace destroy MIN-1 --force',
    });
    rmSync(workspace, { recursive: true });
    await assert.rejects(changes(), {
      code: 'workspaceMissing',
      message: 'The workspace folder of MIN-1 is missing.',
      hint: 'Recreate it on the same branch: pan workspace create MIN-1',
    });
  });

  it('gives the bytes of a file as the base has them, and null where it has none', async () => {
    repository.write({ 'a.txt': 'changed' }, workspace);
    assert.equal(await text('a.txt'), 'a\n');
    assert.equal(await text('c.bin'), 'a\0b');
    const every = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
    writeFileSync(path.join(workspace, 'every'), every);
    const commit = repository.commit({ 'dir/x': '' }, 'bytes', workspace);
    assert.deepEqual(await file('every', commit), { base64: every.toString('base64') });
    assert.deepEqual(await file('every'), { base64: null });
    assert.deepEqual(await file('dir', commit), { base64: null });
    assert.deepEqual(await file('dir/x', commit), { base64: '' });
  });

  it('refuses what is no path inside, no commit, and too large', async () => {
    for (const name of ['../a.txt', '/etc/hostname', '', '.', 'a/../../x', 'x/', 'a\0b', './a.txt']) {
      await assert.rejects(file(name), { code: 'badPath', kind: 'usage' }, name);
    }
    for (const commit of ['main', '--help', base.slice(0, 12), `${base}^`, '0'.repeat(40), `${base}\n`]) {
      await assert.rejects(file('a.txt', commit), { code: 'badCommit', kind: 'usage' }, commit);
    }
    writeFileSync(path.join(workspace, 'large'), Buffer.alloc(20 * 1024 * 1024 + 1, 1));
    const commit = repository.commit({}, 'large', workspace);
    await assert.rejects(file('large', commit), { code: 'fileTooLarge' });
  });
});
