import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { restoreCommand } from '../../runner/core/workspaces/rescue.ts';
import { makeServices, type Services } from '../support/makeServices.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';

describe('destroying workspaces', () => {
  const folder = useTempFolder();
  let services: Services;
  let repository: TestRepository;
  let workspace: string;
  const at = (name: string) => path.join(folder(), name);
  const destroy = (force = false) => services.workspaces.destroy({ issueId: 'MIN-1', force });
  const inWorkspace = (...args: string[]) => repository.git(args, workspace);
  const rescues = () => repository.git(['for-each-ref', '--format=%(refname)', 'refs/panopticon']);
  const work = (text: string) => ({
    code: 'workspaceHasWork',
    message: `MIN-1 has work that exists nowhere else:\n${text}.`,
    hint: 'Keep a rescue and destroy it: pan workspace destroy MIN-1 --force',
  });

  beforeEach(async () => {
    mkdirSync(at('home'));
    services = makeServices(at('home'));
    repository = makeRepository(at('min'), { 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n', '.gitignore': '*.log\n' });
    await services.projects.add({ path: repository.path });
    workspace = (await services.workspaces.create('MIN-1')).path;
    services.announced.length = 0;
  });

  it('removes a clean one, keeps its branch, and says so', async () => {
    repository.write({ 'noise.log': 'ignored' }, workspace);
    assert.deepEqual(await destroy(), {
      issueId: 'MIN-1',
      path: workspace,
      branch: 'feature/min-1',
      rescueRef: null,
    });
    assert.ok(!existsSync(workspace));
    assert.equal(repository.git(['branch', '--list', 'feature/min-1']).trim(), 'feature/min-1');
    assert.equal(repository.git(['worktree', 'list', '--porcelain']).split('\n\n').length, 1);
    assert.deepEqual(services.announced, ['workspaces: MIN-1']);
    assert.equal((await services.workspaces.create('MIN-1')).state, 'ok');
  });

  it('refuses while an agent lives, also with force', async () => {
    services.live.set('MIN-1', 'claude, working');
    for (const force of [false, true]) {
      await assert.rejects(destroy(force), {
        message: 'MIN-1 has a running agent (claude, working).',
        hint: 'End it first: pan work kill MIN-1',
      });
    }
    assert.ok(existsSync(workspace));
  });

  it('refuses when work would exist nowhere else, and lists it', async () => {
    repository.write({ 'a.txt': 'x', 'b.txt': 'x', 'src/csv/bom.ts': 'x' }, workspace);
    rmSync(path.join(workspace, 'c.txt'));
    inWorkspace('commit', '--quiet', '--allow-empty', '-m', '1');
    inWorkspace('commit', '--quiet', '--allow-empty', '-m', '2');
    await assert.rejects(destroy(), work('3 modified files, 1 untracked file (src/csv/bom.ts), 2 commits not pushed'));
    assert.equal(readFileSync(path.join(workspace, 'a.txt'), 'utf8'), 'x');
    assert.equal(rescues(), '');
  });

  it("sees new work in a folder `workspaces` of the repository's own", async () => {
    repository.write({ 'workspaces/package/new.ts': 'x' }, workspace);
    await assert.rejects(destroy(), work('1 untracked file (workspaces/package/new.ts)'));
    const { rescueRef } = await destroy(true);
    assert.equal(repository.git(['show', `${rescueRef}:workspaces/package/new.ts`]), 'x');
  });

  it('counts commits as safe once a remote or the default branch has them', async () => {
    const commit = repository.commit({ 'work.ts': '' }, 'work', workspace);
    await assert.rejects(destroy(), work('1 commit not pushed'));
    repository.git(['init', '--quiet', '--bare', at('origin.git')]);
    repository.git(['remote', 'add', 'origin', at('origin.git')]);
    await assert.rejects(destroy(), work('1 commit not pushed'));
    inWorkspace('push', '--quiet', 'origin', 'feature/min-1');
    assert.equal((await destroy()).rescueRef, null);

    await services.workspaces.create('MIN-1');
    repository.commit({ 'more.ts': '' }, 'more', workspace);
    await assert.rejects(destroy(), work('1 commit not pushed'));
    repository.git(['merge', '--quiet', '--ff-only', 'feature/min-1']);
    assert.equal((await destroy()).rescueRef, null);
    assert.notEqual(repository.git(['rev-parse', 'main']), commit);
  });

  it('counts stashes of the branch and operations in progress as work', async () => {
    repository.write({ 'a.txt': 'stashed' }, workspace);
    inWorkspace('stash');
    repository.write({ 'b.txt': 'of main' });
    repository.git(['stash']);
    await assert.rejects(destroy(), work('1 stash'));
    inWorkspace('stash', 'drop', 'stash@{1}');
    inWorkspace('bisect', 'start');
    await assert.rejects(destroy(), work('a bisect in progress'));
    inWorkspace('bisect', 'reset');
    assert.equal((await destroy()).rescueRef, null);
  });

  it('rescues the files of a merge with conflicts', async () => {
    repository.commit({ 'a.txt': 'ours\n' }, 'ours', workspace);
    repository.commit({ 'a.txt': 'theirs\n' }, 'theirs');
    assert.throws(() => inWorkspace('merge', 'main'));
    await assert.rejects(destroy(), work('1 modified file (a.txt), 1 commit not pushed, a merge in progress'));
    const { rescueRef } = await destroy(true);
    assert.match(repository.git(['show', `${rescueRef}:a.txt`]), /<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main/);
  });

  it('with force rescues modified, deleted, untracked and committed work exactly, and says how to get it back', async () => {
    const commit = repository.commit({ 'committed.txt': 'committed' }, 'work', workspace);
    const strange = 'it\'s "a"\n$(name)';
    repository.write({ 'a.txt': 'modified\r\n', [strange]: 'untracked', '.planning/min-1/STATE.md': 's' }, workspace);
    repository.write({ 'run.sh': '#!/bin/sh\n', 'staged.txt': 'staged', '.env.panopticon': 'PORT=1' }, workspace);
    inWorkspace('add', 'staged.txt');
    chmodSync(path.join(workspace, 'run.sh'), 0o755);
    symlinkSync('/etc/hostname', path.join(workspace, 'link'));
    rmSync(path.join(workspace, 'b.txt'));
    const { rescueRef } = await destroy(true);
    assert.match(rescueRef ?? '', /^refs\/panopticon\/rescue\/min-1\/\d{8}T\d{6}Z$/);
    assert.ok(!existsSync(workspace));
    assert.equal(repository.git(['rev-parse', `${rescueRef}^`]), commit);

    const [project] = await services.projects.list();
    assert.ok(project !== undefined && rescueRef !== null);
    const [program = '', ...args] = restoreCommand(project, rescueRef);
    execFileSync(program, args, { env: repository.env, stdio: 'pipe' });
    const restored = args.at(-2) ?? '';
    const read = (name: string) => readFileSync(path.join(restored, name), 'utf8');
    assert.deepEqual(
      ['a.txt', strange, 'committed.txt', '.planning/min-1/STATE.md', 'staged.txt', '.env.panopticon'].map(read),
      ['modified\r\n', 'untracked', 'committed', 's', 'staged', 'PORT=1'],
    );
    assert.equal(lstatSync(path.join(restored, 'run.sh')).mode & 0o111, 0o111);
    assert.equal(readlinkSync(path.join(restored, 'link')), '/etc/hostname');
    assert.ok(!existsSync(path.join(restored, 'b.txt')));
    assert.equal(repository.git(['status', '--porcelain']), '');
  });

  it('does not count the files the runner owns as work, and keeps them all the same', async () => {
    repository.write({ '.planning/min-1/STATE.md': 's', '.env.panopticon': 'x' }, workspace);
    const { rescueRef } = await destroy();
    assert.equal(repository.git(['show', `${rescueRef}:.planning/min-1/STATE.md`]), 's');
    assert.equal(repository.git(['show', `${rescueRef}:.env.panopticon`]), 'x');
  });

  it('keeps a rescue for every time, also within one second', async () => {
    for (const count of [1, 2, 3]) {
      repository.write({ 'new.txt': String(count) }, workspace);
      const { rescueRef } = await destroy(true);
      assert.equal(repository.git(['show', `${rescueRef}:new.txt`]), String(count));
      await services.workspaces.create('MIN-1');
    }
    assert.equal(new Set(rescues().split('\n')).size, 3);
  });

  it('keeps the commits of a detached head', async () => {
    inWorkspace('switch', '--quiet', '--detach');
    const commit = repository.commit({ 'loose.txt': '' }, 'loose', workspace);
    await assert.rejects(destroy(), work('1 commit not pushed'));
    const { rescueRef } = await destroy(true);
    assert.equal(repository.git(['rev-parse', rescueRef ?? '']), commit);
  });

  it('says which branch was checked out when it was another one', async () => {
    inWorkspace('switch', '--quiet', '-c', 'fix/other');
    assert.equal((await destroy()).branch, 'fix/other');
  });

  it('works without a configured identity', async () => {
    const { GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME, GIT_COMMITTER_EMAIL, ...env } = repository.env;
    const anonymous = makeServices(at('home'), {
      ...env,
      GIT_AUTHOR_NAME: '',
      GIT_AUTHOR_EMAIL: '',
      GIT_COMMITTER_NAME: '',
      GIT_COMMITTER_EMAIL: '',
    });
    repository.write({ 'new.txt': 'x' }, workspace);
    const { rescueRef } = await anonymous.workspaces.destroy({ issueId: 'MIN-1', force: true });
    assert.equal(repository.git(['log', '-1', '--format=%an', rescueRef ?? '']), 'Panopticon');
  });

  it('refuses repositories inside, also with force, naming them', async () => {
    repository.git(['init', '--quiet', path.join(workspace, 'vendor/inner')]);
    repository.write({ 'vendor/inner/x': '' }, workspace);
    await assert.rejects(destroy(true), {
      code: 'embeddedRepositories',
      message: 'The workspace of MIN-1 holds repositories of their own, which a rescue cannot keep: vendor/inner/.',
    });
    assert.ok(existsSync(path.join(workspace, 'vendor/inner/x')));
  });

  it('refuses a submodule with work of its own, also with force', async () => {
    const library = makeRepository(at('library'));
    const allow = ['-c', 'protocol.file.allow=always'];
    repository.git([...allow, 'submodule', '--quiet', 'add', library.path, 'lib'], workspace);
    repository.git(['commit', '--quiet', '-m', 'lib'], workspace);
    repository.write({ 'lib/new.txt': '' }, workspace);
    await assert.rejects(destroy(true), { code: 'embeddedRepositories' });
    rmSync(path.join(workspace, 'lib/new.txt'));
    repository.commit({ 'new.txt': '' }, 'only here', path.join(workspace, 'lib'));
    repository.commit({}, 'lib again', workspace);
    assert.equal(inWorkspace('status', '--porcelain'), '');
    await assert.rejects(destroy(true), { code: 'embeddedRepositories' });
    repository.git(['push', '--quiet', 'origin', 'HEAD:refs/heads/new'], path.join(workspace, 'lib'));
    assert.ok((await destroy(true)).rescueRef !== null);
  });

  it('rescues and removes a corrupted one through the main repository', async () => {
    repository.write({ 'a.txt': 'modified', 'new.txt': 'untracked' }, workspace);
    rmSync(path.join(workspace, '.git'));
    await assert.rejects(destroy(), work('1 modified file, 1 untracked file (new.txt)'));
    const { rescueRef } = await destroy(true);
    assert.equal(repository.git(['show', `${rescueRef}:a.txt`]), 'modified');
    assert.equal(repository.git(['show', `${rescueRef}:new.txt`]), 'untracked');
    assert.ok(!existsSync(workspace));
    assert.equal((await services.workspaces.create('MIN-1')).state, 'ok');
  });

  it('rescues and removes a folder that git does not know, without touching the main checkout', async () => {
    const commit = repository.commit({ 'committed.txt': '' }, 'work', workspace);
    repository.write({ 'new.txt': 'untracked', 'a.txt': 'modified' }, workspace);
    rmSync(path.join(repository.path, '.git/worktrees/feature-min-1'), { recursive: true });
    repository.write({ 'staged.txt': '' });
    repository.git(['add', 'staged.txt']);
    await assert.rejects(destroy(), { code: 'workspaceHasWork' });
    const { rescueRef } = await destroy(true);
    assert.equal(repository.git(['rev-parse', `${rescueRef}^`]), commit);
    assert.equal(repository.git(['diff', '--name-status', commit, rescueRef ?? '']), 'M\ta.txt\nA\tnew.txt');
    assert.ok(!existsSync(workspace));
    assert.equal(repository.git(['status', '--porcelain']), 'A  staged.txt');
  });

  it('rescues one whose own git folder is broken', async () => {
    repository.write({ 'new.txt': 'untracked' }, workspace);
    repository.write({ '.git/worktrees/feature-min-1/HEAD': 'garbage' });
    await assert.rejects(destroy(), { code: 'workspaceHasWork' });
    const { rescueRef } = await destroy(true);
    assert.equal(repository.git(['show', `${rescueRef}:new.txt`]), 'untracked');
    assert.deepEqual(await services.workspaces.list(), []);
  });

  it('forgets one whose folder is gone, keeping commits no branch has', async () => {
    inWorkspace('switch', '--quiet', '--detach');
    const commit = repository.commit({ 'loose.txt': '' }, 'loose', workspace);
    rmSync(workspace, { recursive: true });
    await assert.rejects(destroy(), work('1 commit not pushed'));
    assert.equal(repository.git(['rev-parse', (await destroy(true)).rescueRef ?? '']), commit);
    await assert.rejects(destroy(true), { code: 'workspaceUnknown' });
  });

  it('deletes nothing when the rescue cannot be made', async () => {
    repository.write({ '.gitattributes': '*.bad filter=fails\n', 'x.bad': 'work' }, workspace);
    repository.git(['config', 'filter.fails.clean', 'exit 1']);
    repository.git(['config', 'filter.fails.required', 'true']);
    await assert.rejects(destroy(true), { code: 'rescueFailed' });
    assert.equal(readFileSync(path.join(workspace, 'x.bad'), 'utf8'), 'work');
    assert.equal(rescues(), '');
  });

  it('keeps the changes of files that git was told not to look at', async () => {
    inWorkspace('update-index', '--assume-unchanged', 'a.txt', '.gitignore');
    inWorkspace('update-index', '--skip-worktree', 'b.txt', 'c.txt');
    repository.write({ 'a.txt': 'mine', 'c.txt': 'c\n' }, workspace);
    rmSync(path.join(workspace, 'b.txt'));
    symlinkSync('elsewhere', path.join(workspace, 'b.txt'));
    assert.equal(inWorkspace('status', '--porcelain'), '');
    await assert.rejects(destroy(), work('2 modified files (a.txt, b.txt)'));
    const { rescueRef } = await destroy(true);
    const kept = (name: string) => repository.git(['show', `${rescueRef}:${name}`]);
    assert.deepEqual(['a.txt', 'b.txt', 'c.txt'].map(kept), ['mine', 'elsewhere', 'c']);
    await services.workspaces.restore({ issueId: 'MIN-1' });
    assert.equal(readFileSync(path.join(workspace, 'a.txt'), 'utf8'), 'mine');
    assert.equal(readlinkSync(path.join(workspace, 'b.txt')), 'elsewhere');
  });

  it('leaves what a sparse checkout left out where it is', async () => {
    inWorkspace('sparse-checkout', 'set', '--no-cone', 'a.txt');
    repository.write({ 'a.txt': 'modified' }, workspace);
    const { rescueRef } = await destroy(true);
    assert.equal(repository.git(['diff', '--name-status', 'main', rescueRef ?? '']), 'M\ta.txt');
  });
});
