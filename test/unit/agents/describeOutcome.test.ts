import assert from 'node:assert/strict';
import { describeOutcome } from '../../../runner/core/agents/describeOutcome.ts';
import type { Workspace } from '../../../runner/protocol/models.ts';

const workspace: Workspace = {
  issueId: 'MIN-1',
  path: '/src/min/workspaces/feature-min-1',
  branch: 'feature/min-1',
  project: 'min',
  state: 'ok',
  ahead: 0,
  behind: 0,
  changedFiles: 0,
  agent: null,
};

describe('what an agent leaves', () => {
  const table: [left: Partial<Workspace>, killed: string | null, done: string | null][] = [
    [{}, null, '0 commits on feature/min-1'],
    [{ ahead: 1 }, '1 commit on feature/min-1', '1 commit on feature/min-1'],
    [{ changedFiles: 1 }, '1 file not committed', '0 commits on feature/min-1, 1 file not committed'],
    [
      { ahead: 2, changedFiles: 3 },
      '2 commits on feature/min-1, 3 files not committed',
      '2 commits on feature/min-1, 3 files not committed',
    ],
    [{ state: 'missing', ahead: 2 }, null, null],
  ];
  for (const [left, killed, done] of table) {
    it(`is told of ${JSON.stringify(left)} by how it ended`, () => {
      const said = (['killed', 'done'] as const).map((intent) => describeOutcome({ ...workspace, ...left }, intent));
      assert.deepEqual(said, [killed, done]);
    });
  }

  it('is not known without a workspace', () => assert.equal(describeOutcome(undefined, 'done'), null));
});
