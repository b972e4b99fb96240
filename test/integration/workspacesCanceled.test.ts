import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { holdCheckouts } from '../support/heldCheckout.ts';
import { makeServices, type Services } from '../support/makeServices.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';

describe('a workspace that nobody wants any more', () => {
  const folder = useTempFolder();
  let services: Services;
  let repository: TestRepository;
  let workspace: string;
  const canceled = { code: 'canceled', message: 'Making the workspace of MIN-1 was canceled; nothing was made.' };

  beforeEach(async () => {
    mkdirSync(path.join(folder(), 'home'));
    services = makeServices(path.join(folder(), 'home'));
    repository = makeRepository(path.join(folder(), 'min'));
    await services.projects.add({ path: repository.path, prefix: 'MIN' });
    services.announced.length = 0;
    workspace = path.join(repository.path, 'workspaces/feature-min-1');
  });

  async function assertNothingIsLeft(): Promise<void> {
    assert.ok(!existsSync(workspace));
    assert.deepEqual(await services.workspaces.list(), []);
    assert.doesNotMatch(repository.git(['worktree', 'list', '--porcelain']), /min-1/);
    assert.deepEqual(services.announced, []);
  }

  /** Gives the workspace up while git checks it out. */
  async function cancelInCheckout(): Promise<void> {
    const held = holdCheckouts(repository, folder());
    const canceling = new AbortController();
    const making = services.workspaces.create('MIN-1', canceling.signal);
    const rejected = assert.rejects(making, canceled);
    await held.begun();
    canceling.abort();
    held.release();
    await rejected;
  }

  it('is not made', async () => {
    await assert.rejects(services.workspaces.create('MIN-1', AbortSignal.abort()), canceled);
    await assertNothingIsLeft();
    assert.equal(repository.git(['branch', '--list', 'feature/*']), '');
  });

  it('is taken back with its branch where it was being made, and can be made again', async () => {
    await cancelInCheckout();
    await assertNothingIsLeft();
    assert.equal(repository.git(['branch', '--list', 'feature/*']), '');
    const { state, changedFiles } = await services.workspaces.create('MIN-1', new AbortController().signal);
    assert.deepEqual([state, changedFiles], ['ok', 0]);
  });

  it('leaves the branch that was there before', async () => {
    repository.git(['branch', 'feature/min-1']);
    await cancelInCheckout();
    await assertNothingIsLeft();
    assert.match(repository.git(['branch', '--list', 'feature/*']), /feature\/min-1/);
  });

  it('stays where it was there before', async () => {
    await services.workspaces.create('MIN-1');
    repository.write({ 'new.ts': 'work' }, workspace);
    const { state, changedFiles } = await services.workspaces.create('MIN-1', AbortSignal.abort());
    assert.deepEqual([state, changedFiles], ['ok', 1]);
  });
});
