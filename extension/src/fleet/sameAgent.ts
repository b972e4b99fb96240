import type { Agent } from '../../../runner/protocol/models.ts';

/** What a row, a tooltip or a menu is made of. Others (`fence`, the number of a living process) change unseen. */
const shown = [
  'title',
  'project',
  'runtime',
  'model',
  'mode',
  'status',
  'reason',
  'since',
  'workspace',
  'branch',
  'sessionId',
  'hookItems',
] as const satisfies readonly (keyof Agent)[];

/** Whether both look the same to a person. */
export function sameAgent(a: Agent, b: Agent): boolean {
  return (
    shown.every((field) => a[field] === b[field]) &&
    (a.pid === null) === (b.pid === null) &&
    // Both are made by one function of the runner, and so with their fields in one order.
    JSON.stringify([a.ask, a.parked, a.trouble]) === JSON.stringify([b.ask, b.parked, b.trouble])
  );
}
