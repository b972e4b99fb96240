import assert from 'node:assert/strict';
import { planBranch, worktreeAddArgs } from '../../../runner/core/workspaces/branchPlan.ts';
import { inspectWorkspace, type WorkspaceFacts } from '../../../runner/core/workspaces/inspectWorkspace.ts';
import { mapBounded } from '../../../runner/core/workspaces/mapBounded.ts';
import { restoreCommand } from '../../../runner/core/workspaces/rescue.ts';
import { rescueRef } from '../../../runner/core/workspaces/rescueNames.ts';
import { describeWork } from '../../../runner/core/workspaces/unsavedWork.ts';
import { isRunnerOwned, issueIdOfPath } from '../../../runner/core/workspaces/workspaceNames.ts';

const project = {
  name: 'min',
  path: "/src/it's here",
  prefix: 'MIN',
  tracker: 'local',
  defaultBranch: 'main',
  addedAt: '2026-01-01T00:00:00.000Z',
};

describe('inspectWorkspace', () => {
  const free = { locked: null };
  const creating = { locked: 'panopticon: creating' };
  const locked = { locked: '' };
  const table: [...(keyof WorkspaceFacts)[]] = ['folder', 'registration', 'link'];
  const rows: [WorkspaceFacts['folder'], WorkspaceFacts['registration'], WorkspaceFacts['link'], string][] = [
    ['absent', undefined, 'wrong', 'absent'],
    ['folder', undefined, 'wrong', 'orphan'],
    ['other', undefined, 'wrong', 'orphan'],
    ['folder', free, 'right', 'ok'],
    ['absent', free, 'wrong', 'missing'],
    ['folder', free, 'wrong', 'corrupted'],
    ['folder', free, 'repository', 'corrupted'],
    ['other', free, 'wrong', 'corrupted'],
    ['folder', creating, 'right', 'creating'],
    ['absent', creating, 'wrong', 'creating'],
    ['folder', locked, 'right', 'locked'],
    ['absent', locked, 'wrong', 'locked'],
    ['folder', locked, 'wrong', 'corrupted'],
  ];
  for (const [folder, registration, link, state] of rows) {
    const facts: WorkspaceFacts = { folder, registration, link };
    it(`says ${state} for ${table.map((key) => `${key} ${JSON.stringify(facts[key])}`).join(', ')}`, () => {
      assert.equal(inspectWorkspace(facts), state);
    });
  }
});

describe('planBranch', () => {
  const ref = (name: string, id = name) => ({ name, id, target: null });
  const main = ref('refs/heads/main');
  const branch = 'feature/min-1';

  it('uses a local branch, else tracks a remote one (origin first), else starts at the default branch', () => {
    const local = ref(`refs/heads/${branch}`);
    const fork = ref(`refs/remotes/fork/${branch}`);
    const origin = ref(`refs/remotes/origin/${branch}`);
    assert.deepEqual(planBranch([fork, local, main], branch, 'main'), { kind: 'existing', branch, startId: local.id });
    assert.deepEqual(planBranch([fork, origin, main], branch, 'main'), {
      kind: 'fromRemote',
      branch,
      start: origin.name,
      startId: origin.id,
    });
    assert.deepEqual(planBranch([main], branch, 'main'), { kind: 'new', branch, start: main.name, startId: main.id });
    assert.deepEqual(planBranch([ref('refs/remotes/up/main')], branch, 'main')?.kind, 'new');
  });

  it('is not misled by branches whose name only contains it', () => {
    const refs = [ref(`refs/heads/${branch}/x`), ref(`refs/heads/${branch}2`), ref(`refs/remotes/origin/x/${branch}`)];
    assert.equal(planBranch(refs, branch, 'main'), undefined);
  });

  it('puts the path behind -- and never sets the default branch as upstream', () => {
    assert.deepEqual(worktreeAddArgs({ kind: 'new', branch, start: main.name, startId: '' }, '/w', 'why'), [
      'worktree',
      'add',
      '--quiet',
      '--lock',
      '--reason',
      'why',
      '--no-track',
      '-b',
      branch,
      '--',
      '/w',
      main.name,
    ]);
  });
});

describe('describeWork', () => {
  const nothing = {
    modified: [],
    untracked: [],
    ownedChanged: false,
    commits: 0,
    stashes: 0,
    operation: null,
    embedded: [],
  };

  it('counts and names what there is', () => {
    const work = { ...nothing, modified: ['a', 'b', 'c'], untracked: ['src/csv/bom.ts'], commits: 2 };
    assert.equal(describeWork(work), '3 modified files, 1 untracked file (src/csv/bom.ts), 2 commits not pushed');
    assert.equal(describeWork({ ...nothing, modified: ['a', 'b'] }), '2 modified files (a, b)');
    assert.equal(
      describeWork({ ...nothing, untracked: ['1', '2', '3', '4', '5', '6'] }),
      '6 untracked files (1, 2, 3, 4, 5, ...)',
    );
    assert.equal(
      describeWork({ ...nothing, commits: 1, stashes: 1, operation: 'rebase' }),
      '1 commit not pushed, 1 stash, a rebase in progress',
    );
  });

  it('is empty for nothing, and shows hostile names on one harmless line', () => {
    assert.equal(describeWork({ ...nothing, ownedChanged: true }), '');
    assert.equal(describeWork({ ...nothing, untracked: ['a\nb\u001b[2Jc'] }), '1 untracked file (a bc)');
  });
});

describe('names of workspaces', () => {
  it('finds the issue of a path only where its workspace would be', () => {
    const at = (name: string) => issueIdOfPath(project, `${project.path}/workspaces/${name}`);
    assert.equal(at('feature-min-12'), 'MIN-12');
    for (const name of ['feature-MIN-12', 'feature-other-12', 'feature-min-', 'min-12', 'feature-min-12-x']) {
      assert.equal(at(name), undefined, name);
    }
    assert.equal(issueIdOfPath(project, '/elsewhere/workspaces/feature-min-12'), undefined);
  });

  it('knows the files the runner owns', () => {
    for (const file of ['.planning/min-1/STATE.md', '.planning', '.env.panopticon']) assert.ok(isRunnerOwned(file));
    for (const file of ['.planning2/x', 'src/.planning/x', '.env', 'WORKSPACE.md']) assert.ok(!isRunnerOwned(file));
  });

  it('names rescues by issue and time, and says how to get them back', () => {
    const ref = rescueRef('MIN-1', new Date('2026-11-22T14:43:01.250Z'));
    assert.equal(ref, 'refs/panopticon/rescue/min-1/20261122T144301Z');
    const folder = "/src/it's here/workspaces/rescue-min-1-20261122t144301z";
    assert.deepEqual(restoreCommand(project, ref), [
      'git',
      '-C',
      "/src/it's here",
      'worktree',
      'add',
      '-b',
      'rescue/min-1-20261122t144301z',
      folder,
      ref,
    ]);
  });
});

describe('mapBounded', () => {
  it('keeps the order and runs no more than the limit at once', async () => {
    let running = 0;
    let most = 0;
    const result = await mapBounded([5, 1, 3, 2, 4], 2, async (value) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      return value * 10;
    });
    assert.deepEqual(result, [50, 10, 30, 20, 40]);
    assert.equal(most, 2);
  });
});
