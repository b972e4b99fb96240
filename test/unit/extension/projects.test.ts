import assert from 'node:assert/strict';
import { foldersToAdd } from '../../../extension/src/projects/foldersToAdd.ts';
import { Projects, type ProjectsDeps } from '../../../extension/src/projects/projects.ts';
import { projectsOfWindow } from '../../../extension/src/projects/projectsOfWindow.ts';
import { Signal } from '../../../extension/src/signal.ts';
import type { Project } from '../../../runner/protocol/models.ts';
import type { DidChangeParams } from '../../../runner/protocol/requests.ts';

const [shop, inner, blog] = [project('/src/shop'), project('/src/shop/vendor/inner'), project('/src/blog')];
const all = [shop, inner, blog];

describe('projectsOfWindow', () => {
  const cases: [what: string, folders: string[], open: Project[]][] = [
    ['the checkout', ['/src/blog'], [blog]],
    ['a folder in the checkout', ['/src/blog/docs'], [blog]],
    ['a workspace', ['/src/blog/workspaces/feature-blog-1'], [blog]],
    ['several folders, in their order', ['/src/blog', '/src/shop'], [blog, inner, shop]],
    ['the same project twice', ['/src/blog', '/src/blog/docs'], [blog]],
    ['a folder that holds projects', ['/src'], [inner, shop, blog]],
    ['a repository in another: the nearest first', ['/src/shop/vendor/inner/lib'], [inner, shop]],
    ['a folder whose name only begins the same', ['/src/blog2', '/src/..blog'], []],
    ['no folder', [], []],
  ];
  for (const [what, folders, open] of cases) {
    it(`finds the projects of ${what}`, () => {
      assert.deepEqual(
        projectsOfWindow(folders, all).map(({ path }) => path),
        open.map(({ path }) => path),
      );
    });
  }
});

describe('foldersToAdd', () => {
  it('leaves out what a project has already, but not what only holds one', () => {
    const folders = ['/src/blog', '/src/blog/workspaces/feature-blog-1', '/src', '/elsewhere'];
    assert.deepEqual(foldersToAdd(folders, all), ['/src', '/elsewhere']);
  });
});

describe('Projects', () => {
  it('knows nothing before the runner was asked', async () => {
    const world = new World();
    world.isConnected = false;
    await world.projects.refresh();
    assert.deepEqual([world.projects.isKnown, world.projects.all(), world.events], [false, [], 0]);
  });

  it('tells of the first answer, even if there is no project, and then of differences', async () => {
    const world = new World();
    await world.projects.refresh();
    assert.deepEqual([world.projects.isKnown, world.events], [true, 1]);
    await world.projects.refresh();
    assert.equal(world.events, 1);
    world.listed = [shop, blog];
    await world.projects.refresh();
    assert.deepEqual(world.projects.all(), [shop, blog]);
    assert.deepEqual(world.projects.ofWindow(), [blog]);
    assert.equal(world.events, 2);
  });

  it('asks again when the runner says that they are stale', async () => {
    const world = new World();
    await world.projects.refresh();
    world.listed = [blog];
    world.stale.fire({ scope: 'agents', ids: [] });
    world.stale.fire({ scope: 'projects', ids: [] });
    await world.projects.refresh();
    assert.deepEqual(world.projects.ofWindow(), [blog]);
  });

  it('keeps what it knows while the runner is away, and still follows the folders', async () => {
    const world = new World();
    world.listed = [shop, blog];
    await world.projects.refresh();
    world.isConnected = false;
    world.folders = ['/src/shop'];
    await world.projects.refresh();
    assert.deepEqual(world.projects.ofWindow(), [shop]);
    assert.equal(world.events, 2);
  });

  it('has what was so at the call when refresh resolves, also while an older question is on its way', async () => {
    const world = new World();
    const first = world.projects.refresh();
    world.listed = [blog];
    await world.projects.refresh();
    assert.deepEqual(world.projects.all(), [blog]);
    await first;
  });

  it('logs it when they cannot be read, and tries again at the next change', async () => {
    const world = new World();
    world.error = new Error('EIO');
    world.stale.fire({ scope: 'projects', ids: [] });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(world.logged, ['EIO']);
    world.error = undefined;
    world.listed = [blog];
    await world.projects.refresh();
    assert.deepEqual(world.projects.all(), [blog]);
  });

  it('hears nothing more once it is disposed', async () => {
    const world = new World();
    world.projects.dispose();
    world.stale.fire({ scope: 'projects', ids: [] });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(world.questions, 0);
  });
});

type Connected = NonNullable<ReturnType<ProjectsDeps['runner']['connected']>>;

class World {
  readonly stale = new Signal<DidChangeParams>();
  readonly projects: Projects;
  readonly logged: string[] = [];
  isConnected = true;
  listed: Project[] = [];
  folders = ['/src/blog'];
  error: Error | undefined;
  events = 0;
  questions = 0;

  constructor() {
    const list = async (): Promise<Project[]> => {
      this.questions++;
      if (this.error !== undefined) throw this.error;
      return this.listed;
    };
    const runner = { projects: { list } } as unknown as Connected;
    this.projects = new Projects({
      runner: { onDidChange: this.stale.event, connected: () => (this.isConnected ? runner : undefined) },
      folders: () => Promise.resolve(this.folders),
      log: { error: (text) => this.logged.push(text instanceof Error ? text.message : text) },
    });
    this.projects.onDidChange(() => this.events++);
  }
}

function project(path: string): Project {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const prefix = name.toUpperCase();
  return { name, path, prefix, tracker: 'local', defaultBranch: 'main', addedAt: '2026-11-22T12:00:00.000Z' };
}
