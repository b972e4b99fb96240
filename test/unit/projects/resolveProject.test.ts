import assert from 'node:assert/strict';
import { chooseDefaultBranch } from '../../../runner/core/projects/inspectRepository.ts';
import { resolveProject } from '../../../runner/core/projects/resolveProject.ts';

const project = (name: string, path: string, prefix: string) => ({
  name,
  path,
  prefix,
  tracker: 'local',
  defaultBranch: 'main',
  addedAt: '2026-01-01T00:00:00.000Z',
});
const outer = project('outer', '/src/outer', 'OUT');
const inner = project('inner', '/src/outer/libs/inner', 'INN');
const both = [outer, inner];

describe('resolveProject', () => {
  it('takes the named one, by name, prefix in any case, or path', () => {
    assert.equal(resolveProject(both, { project: 'inner', cwd: '/src/outer' }), inner);
    assert.equal(resolveProject(both, { project: 'inn' }), inner);
    assert.equal(resolveProject(both, { project: '/src/outer/' }), outer);
  });

  it('takes the innermost project around the working directory', () => {
    assert.equal(resolveProject(both, { cwd: '/src/outer/workspaces/feature-out-1/src' }), outer);
    assert.equal(resolveProject(both, { cwd: '/src/outer/libs/inner' }), inner);
  });

  it('does not take a folder whose name only begins alike', () => {
    assert.throws(() => resolveProject(both, { cwd: '/src/outer2' }), /There are several projects: outer, inner\./);
  });

  it('takes the only one from anywhere', () => assert.equal(resolveProject([outer], { cwd: '/tmp' }), outer));

  it('says what there is when none fits', () => {
    assert.throws(() => resolveProject([], {}), /There is no project yet\./);
    assert.throws(() => resolveProject(both, { project: 'x' }), { hint: 'Known projects: outer, inner.' });
  });
});

describe('chooseDefaultBranch', () => {
  const ref = (name: string, target: string | null = null) => ({ name, id: '', target });

  it('prefers what origin says, then main, master, the current branch, any', () => {
    const heads = [ref('refs/heads/dev'), ref('refs/heads/main'), ref('refs/heads/master'), ref('refs/heads/topic')];
    const origin = ref('refs/remotes/origin/HEAD', 'refs/remotes/origin/release/2');
    assert.equal(chooseDefaultBranch([...heads, origin], 'topic'), 'release/2');
    assert.equal(chooseDefaultBranch(heads, 'topic'), 'main');
    assert.equal(
      chooseDefaultBranch(
        [heads[2], heads[3]].flatMap((each) => each ?? []),
        'topic',
      ),
      'master',
    );
    assert.equal(chooseDefaultBranch([ref('refs/heads/dev'), ref('refs/heads/topic')], 'topic'), 'topic');
    assert.equal(chooseDefaultBranch([ref('refs/heads/dev')], ''), 'dev');
    assert.equal(chooseDefaultBranch([], ''), undefined);
  });
});
