import { UserError } from '../../../../runner/protocol/errors.ts';
import type { Workspace } from '../../../../runner/protocol/models.ts';
import { workspaceTroubles } from '../../views/workspaceRow.ts';
import { ConcerningError } from '../concerning.ts';

/** Needs a person who looks at what is there; what is locked was locked by one. */
const broken: ReadonlySet<Workspace['state']> = new Set(['corrupted', 'orphan', 'setupFailed']);

/** What is said where no workspace can be repaired by itself: that all are well, or what is the matter with the first. */
export function nothingToRepair(all: readonly Workspace[]): Error {
  const first = all.find(({ state }) => broken.has(state));
  if (first === undefined) {
    const message = all.length === 0 ? 'There is no workspace yet.' : 'Every workspace is well.';
    return new UserError({ code: 'nothingToDo', message });
  }
  const { issueId, state } = first;
  return new ConcerningError(
    { issueId },
    new UserError({
      code: 'workspaceNotRepairable',
      message: `The workspace of ${issueId} is not repaired by itself: ${workspaceTroubles[state]}.`,
      hint: `Keep a rescue and remove it: pan workspace destroy ${issueId} --force`,
    }),
  );
}
