import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeServices, type Services } from '../support/makeServices.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';

describe('creating and listing workspaces', () => {
  const folder = useTempFolder();
  let services: Services;
  let repository: TestRepository;
  const at = (name: string) => path.join(folder(), name);
  const workspace = (number: number) => path.join(repository.path, 'workspaces', `feature-min-${number}`);
  const worktrees = () => repository.git(['worktree', 'list', '--porcelain']);

  async function register(name = 'min', files?: Record<string, string>): Promise<void> {
    repository = makeRepository(at(name), files);
    await services.projects.add({ path: repository.path, prefix: 'MIN' });
    services.announced.length = 0;
  }

  beforeEach(() => {
    mkdirSync(at('home'));
    services = makeServices(at('home'));
  });

  it('makes a worktree on a branch of its own, from the default branch', async () => {
    await register();
    repository.git(['switch', '--quiet', '-c', 'other']);
    const made = await services.workspaces.create('MIN-1');
    assert.deepEqual(made, {
      issueId: 'MIN-1',
      path: workspace(1),
      branch: 'feature/min-1',
      project: 'min',
      state: 'ok',
      ahead: 0,
      behind: 0,
      changedFiles: 0,
      agent: null,
    });
    assert.equal(repository.git(['rev-parse', 'HEAD'], workspace(1)), repository.git(['rev-parse', 'main']));
    assert.equal(repository.git(['status', '--porcelain', '--branch'], workspace(1)), '## feature/min-1');
    assert.equal(repository.git(['status', '--porcelain']), '');
    assert.doesNotMatch(worktrees(), /locked/);
    assert.deepEqual(services.announced, ['workspaces: MIN-1']);
    assert.deepEqual(await services.workspaces.list(), [made]);
  });

  it('returns the workspace that is there', async () => {
    await register();
    await services.workspaces.create('MIN-1');
    repository.write({ 'new.ts': '' }, workspace(1));
    services.live.set('MIN-1', 'claude, working');
    const again = await services.workspaces.create('MIN-1');
    assert.equal(again.changedFiles, 1);
    assert.equal(again.agent, 'agent-min-1');
    assert.deepEqual(services.announced, ['workspaces: MIN-1']);
  });

  for (const name of ["it's a $(touch pwned) `x` !", '-rf', 'two\nlines', 'b\\slash "q"', '日本 🎉', 'x'.repeat(120)]) {
    it(`works in a project called ${JSON.stringify(name.slice(0, 30))}`, async () => {
      await register(name);
      const made = await services.workspaces.create('MIN-1');
      repository.write({ 'a\nb': '', '-rf': '', 'ü$(x)': '' }, workspace(1));
      assert.deepEqual(await services.workspaces.list(), [{ ...made, changedFiles: 3 }]);
      const { rescueRef } = await services.workspaces.destroy({ issueId: 'MIN-1', force: true });
      const kept = repository.git(['ls-tree', '-z', '--name-only', rescueRef ?? '']).split('\0');
      assert.deepEqual(
        kept.filter((each) => each !== ''),
        ['-rf', 'a\nb', 'readme.md', 'ü$(x)'],
      );
      assert.ok(!existsSync(workspace(1)));
    });
  }

  it('checks out a branch that exists, and picks up one that only a remote has', async () => {
    await register();
    repository.git(['branch', 'feature/min-1']);
    const local = repository.commit({ 'later.md': '' });
    assert.deepEqual([(await services.workspaces.create('MIN-1')).behind], [1]);

    const colleague = makeRepository(at('colleague'));
    repository.git(['remote', 'add', 'origin', colleague.path]);
    colleague.git(['switch', '--quiet', '-c', 'feature/min-2']);
    const theirs = colleague.commit({ '.planning/min-2/STATE.md': 'planned' });
    repository.git(['fetch', '--quiet', 'origin']);
    const made = await services.workspaces.create('MIN-2');
    assert.equal(repository.git(['rev-parse', 'HEAD'], made.path), theirs);
    assert.equal(repository.git(['rev-parse', '--abbrev-ref', '@{upstream}'], made.path), 'origin/feature/min-2');

    const fresh = await services.workspaces.create('MIN-3');
    assert.equal(repository.git(['rev-parse', 'HEAD'], fresh.path), local);
    assert.equal(repository.git(['for-each-ref', '--format=%(upstream)', 'refs/heads/feature/min-3']), '');
  });

  it('counts commits on both sides and changed files, without the files the runner owns', async () => {
    await register();
    await services.workspaces.create('MIN-1');
    repository.commit({ 'done.ts': '' }, 'done', workspace(1));
    repository.commit({ 'elsewhere.ts': '' });
    repository.commit({ 'elsewhere2.ts': '' });
    repository.write({ 'readme.md': 'changed', 'a/b': '', 'a/c': '', '.planning/min-1/x': '' }, workspace(1));
    repository.write({ '.env.panopticon': 'PORT=1', '.planning/min-1/y': '' }, workspace(1));
    rmSync(path.join(workspace(1), 'done.ts'));
    const [listed] = await services.workspaces.list();
    assert.deepEqual([listed?.ahead, listed?.behind, listed?.changedFiles], [1, 2, 4]);
  });

  it('says where the branch is checked out when that is elsewhere', async () => {
    await register();
    repository.git(['worktree', 'add', '--quiet', '-b', 'feature/min-1', at('old')]);
    await assert.rejects(services.workspaces.create('MIN-1'), {
      code: 'branchCheckedOut',
      message: `feature/min-1 is checked out in another worktree: ${at('old')}.`,
    });
    assert.ok(!existsSync(workspace(1)));
  });

  it('makes a missing workspace again on its branch', async () => {
    await register();
    await services.workspaces.create('MIN-1');
    const commit = repository.commit({ 'work.ts': '' }, 'work', workspace(1));
    rmSync(workspace(1), { recursive: true });
    assert.equal((await services.workspaces.list())[0]?.state, 'missing');
    assert.equal((await services.workspaces.create('MIN-1')).ahead, 1);
    assert.equal(repository.git(['rev-parse', 'HEAD'], workspace(1)), commit);
  });

  it('leaves alone what is in the way', async () => {
    await register();
    repository.write({ 'workspaces/feature-min-1/mine.txt': 'mine', 'workspaces/feature-min-2': 'a file' });
    symlinkSync(at('home'), workspace(3));
    mkdirSync(workspace(4));
    for (const number of [1, 2, 3]) {
      await assert.rejects(services.workspaces.create(`MIN-${number}`), { code: 'workspaceOccupied' });
    }
    assert.equal((await services.workspaces.create('MIN-4')).state, 'ok');
    assert.ok(existsSync(path.join(workspace(1), 'mine.txt')));
    assert.deepEqual(
      (await services.workspaces.list()).map(({ issueId, state }) => `${issueId} ${state}`),
      ['MIN-1 orphan', 'MIN-2 orphan', 'MIN-3 orphan', 'MIN-4 ok'],
    );
    assert.equal(repository.git(['branch', '--list', 'feature/min-1']), '');
  });

  it('makes nothing through a link that a branch put in the place of workspaces', async () => {
    repository = makeRepository(at('hostile'));
    mkdirSync(at('elsewhere'));
    symlinkSync(at('elsewhere'), path.join(repository.path, 'workspaces'));
    repository.commit({});
    await services.projects.add({ path: repository.path, prefix: 'MIN' });
    await assert.rejects(services.workspaces.create('MIN-1'), { code: 'workspacesOutside' });
    mkdirSync(at('elsewhere/feature-min-1'));
    await assert.rejects(services.workspaces.destroy({ issueId: 'MIN-1', force: true }), { code: 'workspacesOutside' });
    assert.deepEqual(readdirSync(at('elsewhere')), ['feature-min-1']);
    assert.deepEqual(await services.workspaces.list(), []);
  });

  it('tells a lost .git file from a workspace without changes', async () => {
    await register();
    await services.workspaces.create('MIN-1');
    await services.workspaces.create('MIN-2');
    await services.workspaces.create('MIN-3');
    rmSync(path.join(workspace(1), '.git'));
    writeFileSync(path.join(workspace(2), '.git'), `gitdir: ${repository.path}/.git\n`);
    writeFileSync(path.join(repository.path, '.git/worktrees/feature-min-3/HEAD'), 'garbage');
    repository.write({ 'dirt.txt': '' });
    const states = (await services.workspaces.list()).map(({ issueId, state }) => `${issueId} ${state}`);
    assert.deepEqual(states, ['MIN-1 corrupted', 'MIN-2 corrupted', 'MIN-3 corrupted']);
    await assert.rejects(services.workspaces.create('MIN-1'), { code: 'workspaceCorrupted' });
  });

  it('shows a locked worktree as locked and does not touch it', async () => {
    await register();
    await services.workspaces.create('MIN-1');
    repository.git(['worktree', 'lock', '--reason', 'on a stick', workspace(1)]);
    assert.equal((await services.workspaces.list())[0]?.state, 'locked');
    await assert.rejects(services.workspaces.create('MIN-1'), { code: 'workspaceLocked' });
    await assert.rejects(services.workspaces.destroy({ issueId: 'MIN-1', force: true }), {
      message: 'The workspace of MIN-1 is locked: on a stick.',
    });
  });

  it('shows honestly that another branch or no branch is checked out', async () => {
    await register();
    await services.workspaces.create('MIN-1');
    await services.workspaces.create('MIN-2');
    repository.git(['switch', '--quiet', '-c', 'fix/other'], workspace(1));
    repository.git(['switch', '--quiet', '--detach'], workspace(2));
    repository.commit({ 'a.ts': '' }, 'a', workspace(2));
    const listed = (await services.workspaces.list()).map(({ branch, ahead }) => [branch, ahead]);
    assert.deepEqual(listed, [
      ['fix/other', 0],
      ['(detached)', 1],
    ]);
  });

  it('lists every project that can be read', async () => {
    await register();
    await services.workspaces.create('MIN-1');
    const gone = makeRepository(at('gone'));
    await services.projects.add({ path: gone.path });
    renameSync(gone.path, at('moved'));
    assert.deepEqual(
      (await services.workspaces.list()).map(({ issueId }) => issueId),
      ['MIN-1'],
    );
    await assert.rejects(services.workspaces.create('GON-1'), { code: 'repositoryGone' });
    assert.ok(!existsSync(gone.path));
  });

  it('answers one workspace, or nothing', async () => {
    await register();
    const made = await services.workspaces.create('MIN-1');
    assert.deepEqual(await services.workspaces.get('MIN-1'), made);
    assert.equal(await services.workspaces.get('MIN-2'), undefined);
    await assert.rejects(services.workspaces.get('OTHER-2'), { code: 'prefixUnknown' });
  });

  it('runs no hook of the repository', async () => {
    await register();
    const hooks = path.join(repository.path, '.git/hooks');
    for (const name of ['post-checkout', 'reference-transaction', 'post-index-change', 'fsmonitor']) {
      writeFileSync(path.join(hooks, name), `#!/bin/sh\ntouch '${at('ran')}'\n`, { mode: 0o755 });
    }
    repository.git(['config', 'core.fsmonitor', path.join(hooks, 'fsmonitor')]);
    rmSync(at('ran'), { force: true });
    await services.workspaces.create('MIN-1');
    repository.write({ x: '' }, workspace(1));
    await services.workspaces.list();
    await services.workspaces.destroy({ issueId: 'MIN-1', force: true });
    assert.ok(!existsSync(at('ran')));
  });

  it('makes 32 workspaces at once in one repository', async () => {
    await register();
    const ids = Array.from({ length: 32 }, (_, index) => `MIN-${index + 1}`);
    const made = await Promise.all([...ids, ...ids].map((issueId) => services.workspaces.create(issueId)));
    assert.ok(made.every(({ state }) => state === 'ok'));
    assert.deepEqual(
      (await services.workspaces.list()).map(({ issueId }) => issueId),
      ids,
    );
    assert.equal(services.announced.length, 32);
    assert.doesNotMatch(worktrees(), /locked|prunable/);
  });

  it('stands two runners on one repository', async () => {
    await register();
    const second = makeServices(at('home'));
    const ids = Array.from({ length: 8 }, (_, index) => `MIN-${index + 1}`);
    await Promise.all(ids.flatMap((id) => [services.workspaces.create(id), second.workspaces.create(id)]));
    assert.deepEqual(
      (await second.workspaces.list()).map(({ issueId, state }) => `${issueId} ${state}`),
      ids.map((id) => `${id} ok`),
    );
    assert.equal(services.announced.length + second.announced.length, 8);
  });

  it('waits for the lock file of another git command', async () => {
    await register();
    const lockFile = path.join(repository.path, '.git/refs/heads/feature/min-1.lock');
    mkdirSync(path.dirname(lockFile), { recursive: true });
    writeFileSync(lockFile, '');
    const creating = services.workspaces.create('MIN-1');
    const timer = setTimeout(() => rmSync(lockFile), 300);
    assert.equal((await creating).state, 'ok');
    clearTimeout(timer);
  });
});
