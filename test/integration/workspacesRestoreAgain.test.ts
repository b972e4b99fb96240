import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeServices, type Services } from '../support/makeServices.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';

describe('restoring a workspace once more', () => {
  const folder = useTempFolder();
  let services: Services;
  let repository: TestRepository;
  let workspace: string;
  const destroy = () => services.workspaces.destroy({ issueId: 'MIN-1', force: true });
  const restore = (ref?: string) => services.workspaces.restore({ issueId: 'MIN-1', ref });
  const inWorkspace = (...args: string[]) => repository.git(args, workspace);
  const status = () => inWorkspace('status', '--porcelain', '--untracked-files=all');
  const read = (name: string) => readFileSync(path.join(workspace, name), 'utf8');

  beforeEach(async () => {
    mkdirSync(path.join(folder(), 'home'));
    services = makeServices(path.join(folder(), 'home'));
    repository = makeRepository(path.join(folder(), 'min'), {
      ...{ 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n', '.gitignore': '*.log\n' },
    });
    await services.projects.add({ path: repository.path });
    workspace = (await services.workspaces.create('MIN-1')).path;
  });

  it('goes on where it was killed between any two files, and overwrites nothing that was changed since', async () => {
    const names = ['b.txt', 'c.txt', 'dir/x.log', 'new/1', 'new/2'];
    const attributes = names.map((name) => `${name} filter=deadly\n`).join('');
    const below = repository.commit({ '.gitattributes': attributes }, 'attributes', workspace);
    inWorkspace('switch', '--quiet', '--detach');
    const tip = repository.commit({ 'loose.txt': 'x' }, 'loose', workspace);
    repository.write(Object.fromEntries(names.map((name) => [name, `of ${name}`])), workspace);
    inWorkspace('add', '--force', 'dir/x.log');
    rmSync(path.join(workspace, 'a.txt'));
    const ref = (await destroy()).rescueRef ?? '';
    await restore(ref);
    const whole = { status: status(), files: filesOf(workspace) };
    assert.deepEqual(Object.keys(whole.files).sort(), ['.gitattributes', '.gitignore', 'loose.txt', ...names].sort());
    for (const deadly of names) {
      await destroy();
      repository.git(['branch', '--force', 'feature/min-1', below]);
      // git runs it to make the file, and does not live to write what the rescue has of it.
      const kill = `f=$(mktemp); cat >$f; grep -qx 'of ${deadly}' $f && kill -9 $PPID; cat $f; rm $f`;
      repository.git(['config', 'filter.deadly.smudge', kill]);
      await assert.rejects(restore(ref), `killed before ${deadly}`);
      repository.git(['config', '--unset', 'filter.deadly.smudge']);
      assert.ok(!(deadly in filesOf(workspace)) || read(deadly) !== `of ${deadly}`, 'it was killed there');
      await refusesChanged(deadly === 'b.txt' ? '.gitignore' : 'b.txt');
      await restore(ref);
      assert.deepEqual({ status: status(), files: filesOf(workspace) }, whole, `killed before ${deadly}`);
      assert.equal(inWorkspace('rev-parse', 'feature/min-1'), tip);
    }

    async function refusesChanged(name: string): Promise<void> {
      const before = read(name);
      repository.write({ [name]: 'changed since' }, workspace);
      await assert.rejects(restore(ref), { code: 'workspaceInTheWay', message: new RegExp(` file \\(${name}\\)\\.$`) });
      assert.equal(read(name), 'changed since');
      repository.write({ [name]: before }, workspace);
    }
  });

  it('goes on where what was put there is staged, and not where something else is', async () => {
    repository.write({ 'b.txt': 'rescued', 'new.txt': 'new' }, workspace);
    rmSync(path.join(workspace, 'c.txt'));
    await destroy();
    workspace = (await services.workspaces.create('MIN-1')).path;
    repository.write({ 'b.txt': 'staged alone' }, workspace);
    inWorkspace('add', 'b.txt');
    repository.write({ 'b.txt': 'rescued' }, workspace);
    await assert.rejects(restore(), { code: 'workspaceInTheWay', message: /: 1 modified file \(b\.txt\)\.$/ });
    assert.equal(inWorkspace('show', ':b.txt'), 'staged alone');
    inWorkspace('add', 'b.txt');
    inWorkspace('rm', '--quiet', 'c.txt');
    await restore();
    assert.equal(status(), ' M b.txt\n D c.txt\n?? new.txt');
    assert.deepEqual(['b.txt', 'new.txt'].map(read), ['rescued', 'new']);
  });

  it('changes nothing where everything is there already', async () => {
    repository.write({ 'b.txt': 'rescued', 'new.txt': 'new' }, workspace);
    await destroy();
    await restore();
    const before = statSync(path.join(workspace, 'new.txt'));
    await restore();
    assert.equal(statSync(path.join(workspace, 'new.txt')).ino, before.ino);
    assert.equal(status(), ' M b.txt\n?? new.txt');
  });

  it('puts back what is gone of a rescue, and leaves alone what it knows nothing of', async () => {
    repository.write({ 'b.txt': 'rescued', 'new.txt': 'new' }, workspace);
    await destroy();
    await restore();
    for (const name of ['b.txt', 'new.txt']) rmSync(path.join(workspace, name));
    rmSync(path.join(workspace, 'a.txt'));
    await assert.rejects(restore(), { message: /: 1 modified file \(a\.txt\)\.$/ });
    inWorkspace('checkout', '--quiet', '--', 'a.txt');
    repository.write({ 'other.txt': 'work' }, workspace);
    await assert.rejects(restore(), { message: /: 1 untracked file \(other\.txt\)\.$/ });
    rmSync(path.join(workspace, 'other.txt'));
    await restore();
    assert.equal(status(), ' M b.txt\n?? new.txt');
  });

  it('goes on where folders and files take each other’s place', async () => {
    repository.commit({ 'dir/x': 'x', 'dir/y': 'y' }, 'folder', workspace);
    rmSync(path.join(workspace, 'dir'), { recursive: true });
    rmSync(path.join(workspace, 'b.txt'));
    repository.write({ dir: 'a file', 'b.txt/inside': 'a folder' }, workspace);
    const before = { status: status(), files: filesOf(workspace) };
    await destroy();
    await restore();
    await restore();
    assert.deepEqual({ status: status(), files: filesOf(workspace) }, before);
    rmSync(path.join(workspace, 'b.txt'), { recursive: true });
    await restore();
    assert.deepEqual({ status: status(), files: filesOf(workspace) }, before);
  });
});

/** Every file below a folder but git's own, with its content. */
function filesOf(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name !== '.git' && statSync(path.join(root, name)).isFile());
  return Object.fromEntries(files.sort().map((name) => [name, readFileSync(path.join(root, name), 'utf8')]));
}
