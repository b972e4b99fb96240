import assert from 'node:assert/strict';
import { ConcerningError } from '../../../../extension/src/commands/concerning.ts';
import { nothingToRepair } from '../../../../extension/src/commands/workspace/nothingToRepair.ts';
import { UserError } from '../../../../runner/protocol/errors.ts';
import { aWorkspace } from '../../cli/models.ts';

describe('where no workspace can be repaired', () => {
  it('is said in passing that all are well, or that there is none', () => {
    const well = nothingToRepair([aWorkspace(), aWorkspace({ state: 'locked' })]);
    assert.ok(well instanceof UserError);
    assert.deepEqual([well.code, well.message], ['nothingToDo', 'Every workspace is well.']);
    assert.equal(nothingToRepair([]).message, 'There is no workspace yet.');
  });

  it('is named what a person has to look at, with the next step', () => {
    const failure = nothingToRepair([aWorkspace(), aWorkspace({ issueId: 'MIN-9', state: 'corrupted' })]);
    assert.ok(failure instanceof ConcerningError && failure.cause instanceof UserError);
    assert.deepEqual(failure.reference, { issueId: 'MIN-9' });
    const { code, message, hint } = failure.cause;
    assert.equal(code, 'workspaceNotRepairable');
    assert.equal(message, 'The workspace of MIN-9 is not repaired by itself: git cannot read it.');
    assert.equal(hint, 'Keep a rescue and remove it: pan workspace destroy MIN-9 --force');
  });
});
