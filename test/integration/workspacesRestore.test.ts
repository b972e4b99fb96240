import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { makeServices, type Services } from '../support/makeServices.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';

const lines = Array.from({ length: 20 }, (_, index) => `line ${index}\n`);

describe('restoring workspaces', () => {
  const folder = useTempFolder();
  let services: Services;
  let repository: TestRepository;
  let workspace: string;
  const at = (name: string) => path.join(folder(), name);
  const destroy = () => services.workspaces.destroy({ issueId: 'MIN-1', force: true });
  const restore = (ref?: string) => services.workspaces.restore({ issueId: 'MIN-1', ref });
  const inWorkspace = (...args: string[]) => repository.git(args, workspace);
  const status = () => inWorkspace('status', '--porcelain', '--untracked-files=all');
  const read = (name: string) => readFileSync(path.join(workspace, name), 'utf8');
  const tipOf = (branch: string) => repository.git(['rev-parse', branch]);

  beforeEach(async () => {
    mkdirSync(at('home'));
    services = makeServices(at('home'));
    repository = makeRepository(at('min'), {
      'a.txt': lines.join(''),
      'b.txt': 'b\n',
      'c.txt': 'c\n',
      '.gitignore': '*.log\n',
    });
    await services.projects.add({ path: repository.path });
    workspace = (await services.workspaces.create('MIN-1')).path;
  });

  it('puts everything back as it was, not committed, and keeps the rescue', async () => {
    const commit = repository.commit({ 'committed.txt': 'x' }, 'work', workspace);
    repository.write({ 'a.txt': 'changed', 'new/file.txt': 'new', '.planning/min-1/STATE.md': 's' }, workspace);
    rmSync(path.join(workspace, 'b.txt'));
    const before = { status: status(), files: treeOf(workspace) };
    const { rescueRef } = await destroy();
    services.announced.length = 0;
    const restored = await restore();
    assert.deepEqual(restored.rescue, {
      ref: rescueRef,
      issueId: 'MIN-1',
      project: 'min',
      at: restored.rescue.at,
      files: 3,
    });
    assert.deepEqual(restored.workspace, {
      issueId: 'MIN-1',
      path: workspace,
      branch: 'feature/min-1',
      project: 'min',
      state: 'ok',
      ahead: 1,
      behind: 0,
      changedFiles: 3,
      agent: null,
    });
    assert.deepEqual({ status: status(), files: treeOf(workspace) }, before);
    assert.equal(inWorkspace('rev-parse', 'HEAD'), commit);
    assert.equal(repository.git(['rev-parse', `${rescueRef}^`]), commit);
    assert.deepEqual(services.announced, ['workspaces: MIN-1']);
  });

  it('loses nothing of any edits', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      editAtRandom(repository, workspace, seed);
      const before = { status: status(), head: inWorkspace('rev-parse', 'HEAD'), files: treeOf(workspace) };
      if ((await destroy()).rescueRef === null) await services.workspaces.create('MIN-1');
      else await restore();
      const after = { status: status(), head: inWorkspace('rev-parse', 'HEAD'), files: treeOf(workspace) };
      assert.deepEqual(after, before, `seed ${seed}`);
    }
  });

  it('puts folders where files were, and files where folders were', async () => {
    repository.commit({ 'dir/x': 'x', 'dir/y': 'y' }, 'folder', workspace);
    rmSync(path.join(workspace, 'dir'), { recursive: true });
    rmSync(path.join(workspace, 'b.txt'));
    repository.write({ dir: 'a file', 'b.txt/inside': 'a folder' }, workspace);
    rmSync(path.join(workspace, 'c.txt'));
    symlinkSync('a.txt', path.join(workspace, 'c.txt'));
    const before = { status: status(), files: treeOf(workspace) };
    const { rescueRef } = await destroy();
    await restore();
    assert.deepEqual({ status: status(), files: treeOf(workspace) }, before);
    inWorkspace('stash', '--quiet', '--include-untracked');
    await assert.rejects(restore(rescueRef ?? ''), { code: 'workspaceInTheWay', message: /: dir\.$/ });
  });

  it('makes the branch again at what the work stood on when it is gone', async () => {
    const commit = repository.commit({ 'committed.txt': 'x' }, 'work', workspace);
    repository.write({ 'a.txt': 'changed' }, workspace);
    await destroy();
    repository.git(['branch', '-D', 'feature/min-1']);
    repository.commit({ 'a.txt': 'meanwhile' }, 'main goes on');
    await restore();
    assert.equal(tipOf('feature/min-1'), commit);
    assert.equal(status(), ' M a.txt');
  });

  it('moves the branch forward to commits that were made on a detached head', async () => {
    inWorkspace('switch', '--quiet', '--detach');
    const commit = repository.commit({ 'loose.txt': 'x' }, 'loose', workspace);
    repository.write({ 'a.txt': 'changed' }, workspace);
    await destroy();
    const { workspace: restored } = await restore();
    assert.deepEqual([restored.branch, restored.ahead, restored.changedFiles], ['feature/min-1', 1, 1]);
    assert.equal(tipOf('feature/min-1'), commit);
    assert.equal(status(), ' M a.txt');
  });

  it('gives back commits alone, where nothing else was kept', async () => {
    inWorkspace('switch', '--quiet', '--detach');
    const commit = repository.commit({ 'loose.txt': 'x' }, 'loose', workspace);
    await destroy();
    assert.equal((await restore()).rescue.files, 0);
    assert.equal(tipOf('feature/min-1'), commit);
    assert.equal(status(), '');
  });

  it('merges what was not committed into a branch that went on', async () => {
    repository.write({ 'a.txt': ['first\n', ...lines].join(''), 'new.txt': 'x' }, workspace);
    await destroy();
    workspace = (await services.workspaces.create('MIN-1')).path;
    repository.commit({ 'a.txt': [...lines, 'last\n'].join('') }, 'went on', workspace);
    await restore();
    assert.equal(read('a.txt'), ['first\n', ...lines, 'last\n'].join(''));
    assert.equal(status(), ' M a.txt\n?? new.txt');
  });

  it('refuses where both changed the same lines, and says how to look at it', async () => {
    repository.write({ 'b.txt': 'mine\n' }, workspace);
    const { rescueRef } = await destroy();
    workspace = (await services.workspaces.create('MIN-1')).path;
    repository.commit({ 'b.txt': 'theirs\n' }, 'went on', workspace);
    await assert.rejects(restore(), {
      code: 'rescueApart',
      message: 'The rescue of MIN-1 does not fit its branch any more: feature/min-1 changed the same lines since.',
    });
    assert.equal(status(), '');
    await services.workspaces.destroy({ issueId: 'MIN-1', force: true });
    await assert.rejects(restore(rescueRef ?? ''), { code: 'rescueApart', hint: /worktree add -b rescue\/min-1-/ });
    assert.ok(!existsSync(workspace));
  });

  it('refuses where the branch was made anew', async () => {
    repository.commit({ 'committed.txt': 'x' }, 'work', workspace);
    repository.write({ 'new.txt': 'x' }, workspace);
    await destroy();
    repository.git(['branch', '-D', 'feature/min-1']);
    repository.commit({}, 'main goes on');
    workspace = (await services.workspaces.create('MIN-1')).path;
    await assert.rejects(restore(), {
      message:
        'The rescue of MIN-1 does not fit its branch any more: feature/min-1 and what it was made on went apart.',
    });
    assert.equal(status(), '');
  });

  it('overwrites nothing: neither work, nor what git ignores, nor an operation in progress', async () => {
    repository.write({ 'new.txt': 'rescued', 'dir/x.log': 'x' }, workspace);
    inWorkspace('add', '--force', 'dir/x.log');
    await destroy();
    workspace = (await services.workspaces.create('MIN-1')).path;
    const refused = async (what: string) =>
      assert.rejects(restore(), {
        code: 'workspaceInTheWay',
        message: `The workspace of MIN-1 has work of its own, and nothing is overwritten: ${what}.`,
        hint: 'Commit it, or keep it as a rescue, too: pan workspace destroy MIN-1 --force',
      });
    repository.write({ 'other.txt': 'work' }, workspace);
    await refused('1 untracked file (other.txt)');
    rmSync(path.join(workspace, 'other.txt'));
    repository.write({ 'dir/x.log': 'precious' }, workspace);
    await refused('dir/x.log');
    assert.equal(read('dir/x.log'), 'precious');
    rmSync(path.join(workspace, 'dir'), { recursive: true });
    inWorkspace('bisect', 'start');
    await refused('a bisect in progress');
    inWorkspace('bisect', 'reset');
    inWorkspace('switch', '--quiet', '-c', 'fix/other');
    await refused('it is on fix/other');
    inWorkspace('switch', '--quiet', 'feature/min-1');
    await restore();
    assert.deepEqual([read('new.txt'), read('dir/x.log')], ['rescued', 'x']);
  });

  it('overwrites nothing that git ignores with commits whose files the rescue does not have any more', async () => {
    inWorkspace('switch', '--quiet', '--detach');
    repository.write({ 'x.log': 'committed' }, workspace);
    inWorkspace('add', '--force', 'x.log');
    inWorkspace('commit', '--quiet', '-m', 'loose');
    rmSync(path.join(workspace, 'x.log'));
    await destroy();
    workspace = (await services.workspaces.create('MIN-1')).path;
    repository.write({ 'x.log': 'precious' }, workspace);
    await assert.rejects(restore(), { code: 'workspaceInTheWay', message: /: x\.log\.$/ });
    assert.equal(read('x.log'), 'precious');
    rmSync(path.join(workspace, 'x.log'));
    await restore();
    assert.equal(status(), ' D x.log');
  });

  it('leaves newer files of the runner as they are', async () => {
    repository.write({ 'new.txt': 'x', '.planning/min-1/STATE.md': 'old', '.planning/min-1/plan.md': 'p' }, workspace);
    await destroy();
    workspace = (await services.workspaces.create('MIN-1')).path;
    repository.write({ '.planning/min-1/STATE.md': 'newer' }, workspace);
    await restore();
    assert.deepEqual(['.planning/min-1/STATE.md', '.planning/min-1/plan.md', 'new.txt'].map(read), ['newer', 'p', 'x']);
  });

  it('takes the latest rescue, or the one that is named', async () => {
    const refs: string[] = [];
    for (const count of [1, 2, 3]) {
      repository.write({ 'new.txt': String(count) }, workspace);
      refs.push((await destroy()).rescueRef ?? '');
      workspace = (await services.workspaces.create('MIN-1')).path;
    }
    assert.deepEqual(
      (await services.workspaces.rescues()).map(({ ref }) => ref),
      refs.toReversed(),
    );
    await restore();
    assert.equal(read('new.txt'), '3');
    rmSync(path.join(workspace, 'new.txt'));
    await restore(refs[0]);
    assert.equal(read('new.txt'), '1');
  });

  it('restores one that git does not know any more, and one whose folder is gone', async () => {
    repository.write({ 'new.txt': 'x', 'a.txt': 'changed' }, workspace);
    rmSync(path.join(workspace, '.git'));
    await destroy();
    await restore();
    assert.equal(status(), ' M a.txt\n?? new.txt');
    await destroy();
    await services.workspaces.create('MIN-1');
    rmSync(workspace, { recursive: true });
    await restore();
    assert.equal(status(), ' M a.txt\n?? new.txt');
  });

  it('says what it does not find, and refuses while an agent lives', async () => {
    await assert.rejects(restore(), { code: 'rescueUnknown', message: 'There is no rescue of MIN-1.' });
    repository.git(['update-ref', 'refs/panopticon/rescue/min-2/20261122T101500Z', 'HEAD']);
    await assert.rejects(restore('refs/panopticon/rescue/min-2/20261122T101500Z'), { code: 'rescueUnknown' });
    await assert.rejects(restore('main'), { code: 'rescueUnknown' });
    services.live.set('MIN-1', 'claude, working');
    await assert.rejects(restore(), { code: 'workspaceHasAgent' });
  });

  it('lists rescues of projects with how many files they hold, and nothing else below their refs', async () => {
    repository.write({ 'odd\nname': 'x', 'commit 0': 'x', '.env.panopticon': 'x' }, workspace);
    const { rescueRef } = await destroy();
    repository.git(['update-ref', 'refs/panopticon/rescue/min-1/junk', 'HEAD']);
    repository.git(['update-ref', 'refs/panopticon/rescue/OTHER-1/20261122T101500Z', 'HEAD']);
    repository.git(['update-ref', 'refs/panopticon/rescue/min-7/20251122T101500Z-3', 'HEAD']);
    const rescues = await services.workspaces.rescues({ project: 'min' });
    assert.deepEqual(
      rescues.map(({ ref, issueId, files }) => ({ ref, issueId, files })),
      [
        { ref: rescueRef, issueId: 'MIN-1', files: 2 },
        { ref: 'refs/panopticon/rescue/min-7/20251122T101500Z-3', issueId: 'MIN-7', files: 0 },
      ],
    );
    assert.equal(rescues[1]?.at, '2025-11-22T10:15:00.000Z');
    rmSync(repository.path, { recursive: true });
    assert.deepEqual(await services.workspaces.rescues(), []);
  });
});

/** Every file below a folder but git's own: its kind, its mode's exec bit and its content. */
function treeOf(root: string): string[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name !== '.git')
    .sort()
    .flatMap((name) => {
      const file = path.join(root, name);
      const facts = lstatSync(file);
      if (facts.isDirectory()) return [];
      const content = facts.isSymbolicLink() ? `-> ${readlinkSync(file)}` : readFileSync(file, 'base64');
      return [`${name} ${facts.mode & 0o100 ? 'x' : '-'} ${content}`];
    });
}

/** Some of everything that can be done to files, some of it committed; the same for the same seed. */
function editAtRandom(repository: TestRepository, workspace: string, seed: number): void {
  let state = seed;
  const random = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const names = ['a.txt', 'b.txt', 'c.txt', 'd/e.txt', 'd/f g.txt', 'h\ni', 'run.sh', 'li"nk'];
  for (let step = 0; step < 8; step += 1) {
    const name = names[random(names.length)] ?? 'a.txt';
    const file = path.join(workspace, name);
    const isThere = existsSync(file) || lstatSync(file, { throwIfNoEntry: false }) !== undefined;
    switch (random(6)) {
      case 0:
      case 1:
        if (isThere) rmSync(file);
        repository.write({ [name]: `${seed} ${step} ${'x\n'.repeat(random(5))}` }, workspace);
        break;
      case 2:
        rmSync(file, { force: true });
        break;
      case 3:
        if (isThere && !lstatSync(file).isSymbolicLink()) chmodSync(file, random(2) === 0 ? 0o755 : 0o644);
        break;
      case 4:
        rmSync(file, { force: true });
        mkdirSync(path.dirname(file), { recursive: true });
        symlinkSync(`to ${step}`, file);
        break;
      default:
        if (random(3) === 0) repository.commit({}, `step ${step}`, workspace);
    }
  }
}
