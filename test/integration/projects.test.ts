import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeServices, type Services } from '../support/makeServices.ts';
import { makeRepository, TestRepository } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';

describe('projects', () => {
  const folder = useTempFolder();
  let services: Services;
  const at = (name: string) => path.join(folder(), name);

  beforeEach(() => {
    mkdirSync(at('home'));
    services = makeServices(at('home'));
  });

  it('registers the top level of a repository and announces it', async () => {
    const repository = makeRepository(at('my-app'), { 'src/a.ts': '' });
    const project = await services.projects.add({ path: path.join(repository.path, 'src') });
    assert.deepEqual(
      { ...project, addedAt: '' },
      { name: 'my-app', path: repository.path, prefix: 'MYAP', tracker: 'local', defaultBranch: 'main', addedAt: '' },
    );
    assert.deepEqual(await services.projects.list(), [project]);
    assert.deepEqual(services.announced, ['projects: my-app']);
    assert.equal((await services.projects.ofIssue('MYAP-1')).name, 'my-app');
  });

  it('registers the main checkout when it is shown a worktree', async () => {
    const repository = makeRepository(at('app'));
    repository.git(['worktree', 'add', '--quiet', at('elsewhere')]);
    assert.equal((await services.projects.add({ path: at('elsewhere') })).path, repository.path);
  });

  for (const name of ["it's a $(touch pwned) `x` !", '-rf', 'two\nlines', '日本 🎉', 'x'.repeat(120)]) {
    it(`takes a folder called ${JSON.stringify(name.slice(0, 30))}`, async () => {
      const repository = makeRepository(at(name));
      const project = await services.projects.add({ path: repository.path });
      assert.equal(project.path, repository.path);
      assert.match(project.prefix, /^[A-Z][A-Z0-9]{0,9}$/);
      assert.equal(repository.git(['status', '--porcelain']), '');
    });
  }

  it('refuses what cannot be a project, saying what it is', async () => {
    mkdirSync(at('plain'));
    makeRepository(at('empty'), null);
    makeRepository(at('source')).git(['clone', '--quiet', '--bare', '.', at('bare.git')]);
    const add = (name: string) => services.projects.add({ path: at(name) });
    await assert.rejects(add('plain'), {
      message: 'This folder is not a git repository.',
      hint: 'Run git init, or choose another folder.',
    });
    await assert.rejects(add('empty'), {
      message: 'The repository has no commit yet.',
      hint: 'Commit once, then add it again.',
    });
    await assert.rejects(add('bare.git'), { code: 'bareRepository' });
    await assert.rejects(add('nowhere'), { code: 'folderMissing' });
    assert.deepEqual(await services.projects.list(), []);
  });

  it('says how to install git when it is not there', async () => {
    makeRepository(at('app'));
    const without = makeServices(at('home'), { PATH: at('home') });
    await assert.rejects(without.projects.add({ path: at('app') }), {
      code: 'gitMissing',
      message: 'git was not found.',
    });
  });

  it('returns the same project the second time, unless something else is asked for', async () => {
    const { path: app } = makeRepository(at('app'));
    const first = await services.projects.add({ path: app, name: 'App', prefix: 'min' });
    assert.equal(first.prefix, 'MIN');
    assert.deepEqual(await services.projects.add({ path: app }), first);
    assert.deepEqual(await services.projects.add({ path: app, name: 'App', prefix: 'MIN' }), first);
    await assert.rejects(services.projects.add({ path: app, prefix: 'OTH' }), { code: 'projectExists' });
    assert.equal((await services.projects.list()).length, 1);
  });

  it('keeps names and prefixes unique, and refuses impossible ones', async () => {
    makeRepository(at('a/app'));
    makeRepository(at('b/app'));
    makeRepository(at('c'));
    await services.projects.add({ path: at('a/app') });
    assert.deepEqual(
      [(await services.projects.add({ path: at('b/app') })).name, (await services.projects.list())[1]?.prefix],
      ['app-2', 'AP2'],
    );
    const add = (fields: { name?: string; prefix?: string }) => services.projects.add({ path: at('c'), ...fields });
    await assert.rejects(add({ prefix: 'app' }), {
      code: 'prefixTaken',
      message: 'The prefix APP belongs to project app.',
    });
    await assert.rejects(add({ name: 'APP' }), { code: 'projectNameTaken' });
    for (const prefix of ['', '1A', 'A-B', 'A'.repeat(11), '../x']) {
      await assert.rejects(add({ prefix }), { code: 'prefixInvalid', kind: 'usage' });
    }
    for (const name of ['', '-x', 'a/b', 'a b', 'a\n']) {
      await assert.rejects(add({ name }), { code: 'projectNameInvalid', kind: 'usage' });
    }
  });

  it('takes what origin calls its default branch', async () => {
    const origin = makeRepository(at('origin'));
    origin.git(['branch', '-m', 'trunk']);
    origin.git(['clone', '--quiet', '.', at('clone')]);
    new TestRepository(at('clone')).git(['switch', '--quiet', '-c', 'main']);
    assert.equal((await services.projects.add({ path: at('clone') })).defaultBranch, 'trunk');
  });

  it('hides workspaces and local issues from git status, once, and nothing else', async () => {
    const repository = makeRepository(at('app'));
    const exclude = path.join(repository.path, '.git/info/exclude');
    writeFileSync(exclude, '*.log');
    chmodSync(exclude, 0o664);
    await services.projects.add({ path: repository.path });
    const text = readFileSync(exclude, 'utf8');
    await services.projects.add({ path: repository.path });
    assert.equal(readFileSync(exclude, 'utf8'), text);
    assert.ok(text.startsWith('*.log\n# panopticon: begin'));
    assert.equal(statSync(exclude).mode & 0o777, 0o664);
    repository.write({
      'workspaces/feature-app-1/x': '',
      '.panopticon/issues/APP-1.md': '',
      '.panopticon/config.toml': '',
      'src/workspaces/x': '',
      'workspaces/of-the-repository': '',
      'a.log': '',
    });
    const shown = repository.git(['status', '--porcelain', '--untracked-files=all']);
    assert.deepEqual(shown.split('\n'), [
      '?? .panopticon/config.toml',
      '?? src/workspaces/x',
      '?? workspaces/of-the-repository',
    ]);
  });

  it('writes the exclude file also when there is no info folder, and through a link', async () => {
    const repository = makeRepository(at('app'));
    rmSync(path.join(repository.path, '.git/info'), { recursive: true });
    await services.projects.add({ path: repository.path });
    assert.match(
      readFileSync(path.join(repository.path, '.git/info/exclude'), 'utf8'),
      /^\/workspaces\/feature-\*\/$/m,
    );
    const linked = makeRepository(at('linked'));
    writeFileSync(at('shared-exclude'), '*.tmp\n');
    rmSync(path.join(linked.path, '.git/info/exclude'));
    symlinkSync(at('shared-exclude'), path.join(linked.path, '.git/info/exclude'));
    await services.projects.add({ path: linked.path });
    assert.match(readFileSync(at('shared-exclude'), 'utf8'), /^\*\.tmp\n# panopticon/);
  });

  it('removes only the registration, by name, prefix or path, and not while an agent lives', async () => {
    for (const name of ['one', 'two', 'three']) {
      makeRepository(at(name));
      await services.projects.add({ path: at(name) });
    }
    services.live.set('ONE-1', 'claude, working');
    await assert.rejects(services.projects.remove({ name: 'one' }), {
      message: 'Project one has running agents: agent-one-1.',
      hint: 'End them first: pan work kill ONE-1',
    });
    services.live.clear();
    await services.projects.remove({ name: 'one' });
    await services.projects.remove({ name: 'TWO' });
    await services.projects.remove({ name: at('three') });
    assert.deepEqual(await services.projects.list(), []);
    await assert.rejects(services.projects.remove({ name: 'one' }), { message: 'There is no project one.' });
    assert.ok(statSync(at('one/.git')).isDirectory());
  });

  it('remembers for each project whether bypass is allowed in it, and tells nobody', async () => {
    for (const name of ['app', 'other']) await services.projects.add({ path: makeRepository(at(name)).path });
    const told = await services.projects.list();
    const allowed = async (id: string) => (await services.projects.ofIssue(id)).bypassAllowed;
    const file = path.join(at('home'), 'projects.json');
    // Files of earlier versions say nothing of it.
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/,\s*"bypassAllowed": false/g, ''));
    assert.equal(await allowed('APP-1'), false);
    await services.projects.allowBypass('app');
    await services.projects.allowBypass('app');
    assert.deepEqual([await allowed('APP-1'), await allowed('OTH-1')], [true, false]);
    assert.deepEqual(await services.projects.list(), told);
    await assert.rejects(services.projects.allowBypass('nowhere'), { code: 'projectUnknown' });
    await services.projects.remove({ name: 'app' });
    await services.projects.add({ path: at('app') });
    assert.equal(await allowed('APP-1'), false, 'a project that is registered anew is a new one');
  });

  it('names the known prefixes when an issue belongs to none', async () => {
    makeRepository(at('app'));
    await services.projects.add({ path: at('app') });
    await assert.rejects(services.projects.ofIssue('MIN-1'), {
      message: 'There is no project with the prefix MIN.',
      hint: 'Known prefixes: APP. Another project: pan project add <path>',
    });
  });

  it('finds the project of a working directory, also through a link', async () => {
    for (const name of ['one', 'two']) {
      makeRepository(at(name), { 'src/x': '' });
      await services.projects.add({ path: at(name) });
    }
    symlinkSync(at('two/src'), at('link'));
    assert.equal((await services.projects.resolve({ cwd: at('link') })).name, 'two');
    await assert.rejects(services.projects.resolve({ cwd: folder() }), { code: 'projectUnclear' });
  });

  it('adds 32 repositories at once without losing or doubling one', async () => {
    const names = Array.from({ length: 32 }, (_, index) => `repository-${index}`);
    for (const name of names) makeRepository(at(name));
    const added = await Promise.all(names.map((name) => services.projects.add({ path: at(name) })));
    const listed = await services.projects.list();
    assert.equal(listed.length, 32);
    assert.equal(new Set(listed.map(({ prefix }) => prefix)).size, 32);
    assert.deepEqual(new Set(added.map(({ name }) => name)), new Set(names));
  });

  it('refuses to write over a list it cannot read, and says why', async () => {
    makeRepository(at('app'));
    const file = at('home/projects.json');
    const broken: [text: string, reason: string][] = [
      ['', 'it is empty'],
      ['{"schema": 1, "projects": [', 'line 1: it is not complete JSON'],
      ['{"schema": 1, "projects": [{"name": 1}]}', 'projects.0.name'],
    ];
    for (const [text, reason] of broken) {
      writeFileSync(file, text);
      await assert.rejects(services.projects.list(), (error: Error) => error.message.includes(reason));
      await assert.rejects(services.projects.add({ path: at('app') }), { code: 'projectsUnreadable' });
      assert.equal(readFileSync(file, 'utf8'), text);
    }
    writeFileSync(file, '{"schema": 2, "entries": {}}');
    await assert.rejects(services.projects.list(), { code: 'projectsNewer' });
  });

  it('reads the list again when it changed on disk', async () => {
    makeRepository(at('app'));
    const project = await services.projects.add({ path: at('app') });
    const file = at('home/projects.json');
    writeFileSync(file, JSON.stringify({ schema: 1, projects: [{ ...project, prefix: 'NEW' }] }));
    utimesSync(file, new Date(), new Date());
    assert.equal((await services.projects.list())[0]?.prefix, 'NEW');
    rmSync(file);
    assert.deepEqual(await services.projects.list(), []);
  });
});
