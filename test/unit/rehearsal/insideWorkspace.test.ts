import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { insideWorkspace } from '../../../runner/core/runtimes/rehearsal/program/steps/insideWorkspace.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('the files a rehearsal may edit', () => {
  const folder = useTempFolder();
  let workspace: string;

  beforeEach(() => {
    workspace = join(folder(), 'workspace');
    mkdirSync(join(workspace, 'src'), { recursive: true });
    mkdirSync(join(folder(), 'workspace-other'));
    writeFileSync(join(folder(), 'secret'), '');
    symlinkSync('src', join(workspace, 'inner'));
    symlinkSync('..', join(workspace, 'outer'));
    symlinkSync('../secret', join(workspace, 'link'));
    symlinkSync('../not-there', join(workspace, 'dangling'));
  });

  it('are those in the workspace, new ones too, links inside it resolved', () => {
    assert.equal(insideWorkspace(workspace, 'a.md'), join(workspace, 'a.md'));
    assert.equal(insideWorkspace(workspace, 'new/..b/c.md'), join(workspace, 'new/..b/c.md'));
    assert.equal(insideWorkspace(workspace, 'inner/a.md'), join(workspace, 'src/a.md'));
    assert.equal(insideWorkspace(workspace, join(workspace, 'a.md')), join(workspace, 'a.md'));
  });

  const outside = ['..', '../a', '.', '/etc/passwd', '../workspace-other/a', 'outer/a', 'outer/new/a', 'link'];
  for (const path of outside) {
    it(`do not include ${path}`, () => {
      assert.throws(() => insideWorkspace(workspace, path), { message: `${path} is outside the workspace` });
    });
  }

  it('do not include what a dangling link names, nor what is git’s own', () => {
    assert.throws(() => insideWorkspace(workspace, 'dangling'), /goes through a link that leads nowhere/);
    assert.throws(() => insideWorkspace(workspace, 'dangling/a'), /goes through a link that leads nowhere/);
    assert.throws(() => insideWorkspace(workspace, '.git/hooks/pre-commit'), /belongs to git/);
    assert.throws(() => insideWorkspace(workspace, 'sub/.GIT/config'), /belongs to git/);
  });
});
