import assert from 'node:assert/strict';
import type * as recovering from '../../../../extension/src/commands/agent/recoverAll.ts';
import type * as acting from '../../../../extension/src/commands/forEach.ts';
import { agentIdOf } from '../../../../runner/protocol/issueId.ts';
import { anAgent } from '../../cli/models.ts';
import { loadParts, partsOf } from '../support/loadParts.ts';
import { Shown } from '../support/standIns.ts';

const shown = new Shown();
const { agentRecoverAll, forEach, UserError } = loadParts<typeof recovering & typeof acting>(
  shown.vscode,
  'commands/agent/recoverAll.ts',
  'commands/forEach.ts',
);
const ids = ['MIN-1', 'MIN-2', 'MIN-3', 'MIN-4'];
const crashed = ids.map((issueId) => anAgent({ id: agentIdOf(issueId), issueId, status: 'crashed' }));

/** A runner that is replaced while it does the second thing that it is asked for. */
function replacedRunner() {
  let era = 0;
  let asked = 0;
  return {
    get: async () => {
      const own = era;
      const act = async (): Promise<void> => {
        asked += 1;
        if (asked === 2) era += 1;
        if (own !== era) throw new UserError({ code: 'connectionLost', message: 'The runner ended.' });
      };
      return { agents: { resume: act, kill: act } };
    },
  };
}

describe('acting on several agents', () => {
  it('goes on with the runner that replaced another', async () => {
    const app = partsOf({ runner: replacedRunner() });
    const { results, failure } = await forEach(app, crashed, ({ issueId }, { agents }) => agents.kill({ id: issueId }));
    assert.equal(results.length, 3);
    assert.ok(failure instanceof Error);
  });

  it('recovers all that can be, too', async () => {
    const fleet = { all: () => crashed, refresh: async () => {} };
    await agentRecoverAll.run(partsOf({ fleet, runner: replacedRunner(), log: { warn: () => undefined } }));
    assert.deepEqual(shown.texts, ['3 recovered, 1 needs you. MIN-2 cannot be resumed: The runner ended.']);
  });
});
