import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeServices, type Services } from '../support/makeServices.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { waitFor } from '../support/waitFor.ts';

describe('workspaces whose making was interrupted', () => {
  const folder = useTempFolder();
  let services: Services;
  let repository: TestRepository;
  let workspace: string;
  let gitDir: string;
  const longAgo = new Date(Date.now() - 3_600_000);
  const at = (name: string) => path.join(folder(), name);
  const state = async () => (await services.workspaces.list())[0]?.state;
  const rescues = () => repository.git(['for-each-ref', '--format=%(refname)', 'refs/panopticon']);

  /** What a kill -9 leaves at the end of the checkout, before the unlocking. */
  function addLocked(): void {
    const reason = 'panopticon: creating';
    repository.git(['worktree', 'add', '--quiet', '--lock', '--reason', reason, '-b', 'feature/min-1', workspace]);
  }

  /** What a kill -9 of everything leaves in the middle of the checkout, some time later. */
  function loseIndex(): void {
    rmSync(path.join(gitDir, 'index'));
    utimesSync(gitDir, longAgo, longAgo);
  }

  function empty(names: string[]): void {
    for (const name of names) rmSync(path.join(workspace, name), { recursive: true });
  }

  beforeEach(async () => {
    mkdirSync(at('home'));
    services = makeServices(at('home'));
    repository = makeRepository(at('min'), { 'a.txt': 'a\n', 'b/c.txt': 'c\n', 'b/d.txt': 'd\n' });
    await services.projects.add({ path: repository.path });
    workspace = path.join(repository.path, 'workspaces/feature-min-1');
    gitDir = path.join(repository.path, '.git/worktrees/feature-min-1');
    addLocked();
  });

  it('show as creating and are only unlocked when the checkout was complete, keeping work', async () => {
    assert.equal(await state(), 'creating');
    repository.write({ 'a.txt': 'work', 'new.txt': 'work' }, workspace);
    const finished = await services.workspaces.create('MIN-1');
    assert.deepEqual([finished.state, finished.changedFiles], ['ok', 2]);
    assert.equal(readFileSync(path.join(workspace, 'a.txt'), 'utf8'), 'work');
    assert.equal(rescues(), '');
  });

  it('are checked out to the end when files are missing', async () => {
    loseIndex();
    rmSync(path.join(workspace, 'b'), { recursive: true });
    const finished = await services.workspaces.create('MIN-1');
    assert.deepEqual([finished.state, finished.changedFiles], ['ok', 0]);
    assert.equal(readFileSync(path.join(workspace, 'b/c.txt'), 'utf8'), 'c\n');
    assert.equal(rescues(), '');
  });

  it('keep a half-written file in a rescue and a new one in place', async () => {
    loseIndex();
    repository.write({ 'a.txt': 'a', 'new.txt': 'work' }, workspace);
    const finished = await services.workspaces.create('MIN-1');
    assert.deepEqual([finished.state, finished.changedFiles], ['ok', 1]);
    assert.equal(readFileSync(path.join(workspace, 'a.txt'), 'utf8'), 'a\n');
    assert.equal(repository.git(['show', `${rescues()}:a.txt`]), 'a');
    assert.equal(repository.git(['show', `${rescues()}:new.txt`]), 'work');
  });

  it('are made anew when there is no folder, an empty one, or nothing but the link', async () => {
    const remains = [
      () => rmSync(workspace, { recursive: true }),
      () => empty(readdirSync(workspace)),
      () => empty(['a.txt', 'b']),
    ];
    for (const leave of remains) {
      leave();
      loseIndex();
      assert.equal(await state(), 'creating');
      assert.equal((await services.workspaces.create('MIN-1')).changedFiles, 0);
      assert.equal(await state(), 'ok');
      await services.workspaces.destroy({ issueId: 'MIN-1' });
      repository.git(['branch', '-D', 'feature/min-1']);
      addLocked();
    }
  });

  it('take over a lock file that no git can hold any more', async () => {
    rmSync(path.join(gitDir, 'index'));
    const lockFile = path.join(gitDir, 'index.lock');
    writeFileSync(lockFile, '');
    utimesSync(lockFile, longAgo, longAgo);
    assert.equal((await services.workspaces.create('MIN-1')).state, 'ok');
  });

  it('wait for a git that outlived its runner', async () => {
    rmSync(path.join(gitDir, 'index'));
    const lockFile = path.join(gitDir, 'index.lock');
    writeFileSync(lockFile, '');
    const timer = setTimeout(() => rmSync(lockFile), 300);
    assert.equal((await services.workspaces.create('MIN-1')).state, 'ok');
    clearTimeout(timer);
  });

  it('are not destroyed without force, and with it are rescued', async () => {
    repository.write({ 'new.txt': 'work' }, workspace);
    await assert.rejects(services.workspaces.destroy({ issueId: 'MIN-1' }), { code: 'workspaceHalfMade' });
    const { rescueRef } = await services.workspaces.destroy({ issueId: 'MIN-1', force: true });
    assert.equal(repository.git(['show', `${rescueRef}:new.txt`]), 'work');
    assert.ok(!existsSync(workspace));
  });
});

describe('workspaces whose runner is killed', () => {
  const folder = useTempFolder();

  it('are whole after the next create, whenever the kill came', async () => {
    const home = path.join(folder(), 'home');
    mkdirSync(home);
    const services = makeServices(home);
    const files = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`d${index % 50}/${index}`, 'text\n']),
    );
    const repository = makeRepository(path.join(folder(), 'min'), files);
    await services.projects.add({ path: repository.path });
    // The runner as a process of its own, to be killed.
    const module = pathToFileURL(path.join(import.meta.dirname, '../support/makeServices.ts')).href;
    const code = `const support = await import(process.argv[1]);
      await (support.makeServices ?? support.default.makeServices)(process.argv[2]).workspaces.create(process.argv[3]);`;
    const parts = ['workspaces', 'workspaces/feature-min-2/d0', 'workspaces/feature-min-3/d40/40'];
    for (const [index, part] of parts.entries()) {
      const issueId = `MIN-${index + 1}`;
      const child = spawn(
        process.execPath,
        ['--import=tsx', '--input-type=module', '--eval', code, module, home, issueId],
        { stdio: 'ignore' },
      );
      const ended = once(child, 'exit');
      const appears = () => existsSync(path.join(repository.path, part)) || undefined;
      await waitFor(appears, { timeoutMs: 30_000, what: `${part} to appear` });
      child.kill('SIGKILL');
      await ended;
      const made = await services.workspaces.create(issueId);
      assert.deepEqual([made.state, made.changedFiles], ['ok', 0]);
      assert.equal(repository.git(['status', '--porcelain'], made.path), '');
    }
  });
});

describe('workspaces that cannot be made', () => {
  const folder = useTempFolder();
  const at = (name: string) => path.join(folder(), name);

  it('leave nothing behind, neither folder, registration nor branch', async () => {
    mkdirSync(at('home'));
    const services = makeServices(at('home'));
    const repository = makeRepository(at('min'), { '.gitattributes': '*.bin filter=fails\n', 'a.bin': 'a' });
    await services.projects.add({ path: repository.path });
    repository.git(['config', 'filter.fails.smudge', 'echo No space left on device >&2; exit 1']);
    repository.git(['config', 'filter.fails.required', 'true']);
    const before = repository.git(['for-each-ref']);
    await assert.rejects(services.workspaces.create('MIN-1'), {
      code: 'diskFull',
      message: 'The disk is full; creating the workspace was undone.',
    });
    assert.equal(repository.git(['for-each-ref']), before);
    assert.deepEqual(readdirSync(path.join(repository.path, 'workspaces')), []);
    assert.equal(repository.git(['worktree', 'list', '--porcelain']).split('\n\n').length, 1);

    repository.git(['config', 'filter.fails.smudge', 'echo broken filter >&2; exit 1']);
    await assert.rejects(services.workspaces.create('MIN-1'), { code: 'gitRefused' });
    assert.equal(repository.git(['for-each-ref']), before);

    repository.git(['branch', 'feature/min-1']);
    await assert.rejects(services.workspaces.create('MIN-1'), { code: 'gitRefused' });
    assert.equal(repository.git(['branch', '--list', 'feature/min-1']).trim(), 'feature/min-1');
  });
});
