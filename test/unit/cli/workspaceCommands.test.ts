import assert from 'node:assert/strict';
import { UserError } from '../../../runner/protocol/errors.ts';
import { aWorkspace } from './models.ts';
import { runPan } from './runPan.ts';

const destroyed = {
  issueId: 'MIN-142',
  path: '/home/ada/myn/workspaces/feature-min-142',
  branch: 'feature/min-142',
  rescueRef: null,
};

const rescue = {
  ref: 'refs/panopticon/rescue/min-142/20261122T101500Z',
  issueId: 'MIN-142',
  project: 'myn',
  at: '2026-11-22T10:15:00.000Z',
  files: 2,
};

describe('pan workspace', () => {
  it('creates one and says where', async () => {
    const ran = await runPan(['workspace', 'create', 'min-142'], {
      answers: { 'workspaces.create': () => aWorkspace() },
    });
    assert.deepEqual(ran.calls, [{ method: 'workspaces.create', params: { id: 'min-142' } }]);
    assert.equal(ran.stdout, 'MIN-142 has a workspace on feature/min-142: /home/ada/myn/workspaces/feature-min-142\n');
  });

  it('lists them', async () => {
    const workspaces = [aWorkspace(), aWorkspace({ issueId: 'MIN-9', state: 'corrupted', agent: 'agent-min-9' })];
    const ran = await runPan(['workspace', 'list', '--project', 'myn'], {
      answers: { 'workspaces.list': () => workspaces },
    });
    assert.deepEqual(ran.calls[0]?.params, { project: 'myn' });
    assert.equal(
      ran.stdout,
      [
        'ID      STATE     AHEAD BEHIND CHANGED AGENT       BRANCH          PROJECT',
        'MIN-142 ok            2      0       3 -           feature/min-142 myn',
        'MIN-9   corrupted     2      0       3 agent-min-9 feature/min-142 myn',
        '',
      ].join('\n'),
    );
  });

  it('leaves columns out of a list that would not fit, the branch first', async () => {
    const workspaces = [aWorkspace({ agent: 'agent-min-142' })];
    const answers = { 'workspaces.list': () => workspaces };
    const heading = async (terminal: number) =>
      (await runPan(['workspace', 'list', '--color=never'], { answers, terminal })).stdout.split('\n')[0];
    assert.equal(await heading(80), 'ID      STATE AHEAD BEHIND CHANGED AGENT         BRANCH          PROJECT');
    assert.equal(await heading(70), 'ID      STATE AHEAD BEHIND CHANGED AGENT         PROJECT');
    assert.equal(await heading(50), 'ID      STATE AHEAD BEHIND CHANGED AGENT');
  });

  it('says how to get back what a destroyed one held', async () => {
    const rescueRef = 'refs/panopticon/rescue/min-142/2026-11-22T143500Z';
    const ran = await runPan(['workspace', 'destroy', 'MIN-142', '--force'], {
      answers: { 'workspaces.destroy': () => ({ ...destroyed, rescueRef }) },
    });
    assert.deepEqual(ran.calls[0]?.params, { id: 'MIN-142', force: true });
    assert.match(ran.stdout, /^Get it back: pan workspace restore MIN-142$/m);
    const clean = await runPan(['workspace', 'destroy', 'MIN-142'], {
      answers: { 'workspaces.destroy': () => destroyed },
    });
    assert.deepEqual(clean.calls[0]?.params, { id: 'MIN-142', force: false });
    assert.equal(clean.stdout, `The workspace of MIN-142 is removed: ${destroyed.path}\n`);
  });

  it('lists rescues with their refs in full, and says how to get one back', async () => {
    const answers = { 'workspaces.rescues': () => [rescue] };
    const ran = await runPan(['workspace', 'rescues', '--project', 'myn'], { answers });
    assert.deepEqual(ran.calls[0]?.params, { project: 'myn' });
    assert.deepEqual(
      ran.stdout.split('\n').map((line) => line.replaceAll(/ +/g, ' ').replace(/ \d+[smhd] /, ' AGE ')),
      [
        'ID AGE FILES REF PROJECT',
        `MIN-142 AGE 2 ${rescue.ref} myn`,
        'Get one back: pan workspace restore <id> [--ref <ref>]',
        '',
      ],
    );
    const json = await runPan(['workspace', 'rescues', '--json'], { answers });
    assert.deepEqual(JSON.parse(json.stdout), { rescues: [rescue] });
    const none = await runPan(['workspace', 'rescues'], { answers: { 'workspaces.rescues': () => [] } });
    assert.equal(none.stdout, 'No rescues: nothing was destroyed with work in it.\n');
  });

  it('restores the latest rescue, or the one that is named', async () => {
    const answers = { 'workspaces.restore': () => ({ rescue, workspace: aWorkspace() }) };
    const ran = await runPan(['workspace', 'restore', 'min-142', '--ref', rescue.ref], { answers });
    assert.deepEqual(ran.calls[0]?.params, { id: 'min-142', ref: rescue.ref });
    assert.equal(
      ran.stdout,
      `MIN-142 is back on feature/min-142: ${destroyed.path}\n2 files of ${rescue.ref}, not committed\n`,
    );
    const json = await runPan(['workspace', 'restore', 'MIN-142', '--json'], { answers });
    assert.deepEqual(json.calls[0]?.params, { id: 'MIN-142', ref: undefined });
    assert.deepEqual(JSON.parse(json.stdout), { rescue, workspace: aWorkspace() });
  });

  it('repeats what would be lost, line by line', async () => {
    const refusal = new UserError({
      code: 'workspaceNotEmpty',
      message: 'MIN-142 has work that exists nowhere else:\n3 modified files, 1 untracked file',
      hint: 'Keep a rescue and destroy it: pan workspace destroy MIN-142 --force',
    });
    const ran = await runPan(['workspace', 'destroy', 'MIN-142'], {
      answers: { 'workspaces.destroy': () => Promise.reject(refusal) },
    });
    assert.equal(
      ran.stderr,
      [
        'error: MIN-142 has work that exists nowhere else:',
        '       3 modified files, 1 untracked file',
        'hint: Keep a rescue and destroy it: pan workspace destroy MIN-142 --force',
        '',
      ].join('\n'),
    );
  });
});

describe('pan project', () => {
  const project = {
    name: 'myn',
    path: '/home/ada/src/myn',
    prefix: 'MYN',
    tracker: 'local',
    defaultBranch: 'main',
    addedAt: '2026-11-22T14:00:00.000Z',
  };

  it('sends the absolute path of what was typed', async () => {
    const ran = await runPan(['project', 'add', '../my n', '--prefix', 'MYN'], {
      answers: { 'projects.list': () => [], 'projects.add': () => project },
      cwd: '/home/ada/src',
    });
    assert.deepEqual(ran.calls[1]?.params, { path: '/home/ada/my n', name: undefined, prefix: 'MYN' });
    assert.match(ran.stdout, /^myn is registered: ids MYN-1 and up, \/home\/ada\/src\/myn\nNext, /);
  });

  it('says that a repository was registered before', async () => {
    const ran = await runPan(['project', 'add', '.'], {
      answers: { 'projects.list': () => [project], 'projects.add': () => project },
    });
    assert.match(ran.stdout, /^myn is registered already: ids MYN-1 and up/);
  });

  it('lists and forgets', async () => {
    const list = await runPan(['project', 'list', '--json'], { answers: { 'projects.list': () => [project] } });
    assert.deepEqual(JSON.parse(list.stdout), { projects: [project] });
    const ran = await runPan(['project', 'remove', 'myn'], { answers: { 'projects.remove': () => project } });
    assert.deepEqual(ran.calls[0]?.params, { name: 'myn' });
    assert.match(ran.stdout, /is untouched\.\n$/);
  });
});
