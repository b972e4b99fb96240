import assert from 'node:assert/strict';
import { moreActs } from '../../../extension/src/panels/moreActs.ts';
import type { AgentStatus } from '../../../runner/protocol/enumerations.ts';

describe('what else can be done with the agent of a panel', () => {
  const cases: [AgentStatus, number | null, string | null, string[]][] = [
    ['working', 7, 's', ['log', 'diff', 'attach', 'done', 'kill']],
    ['stuck', 7, 's', ['log', 'diff', 'attach', 'resume', 'done', 'kill']],
    ['crashed', null, 's', ['log', 'diff', 'resume', 'done']],
    ['crashed', null, null, ['log', 'diff', 'done']],
    ['done', null, 's', ['log', 'diff', 'resume']],
  ];
  for (const [status, pid, sessionId, acts] of cases) {
    it(`is ${acts.join(', ')} for one that is ${status}${sessionId === null ? ' and never began' : ''}`, () => {
      const commands = moreActs({ status, pid, sessionId }).map(({ command }) => command);
      assert.deepEqual(
        commands,
        acts.map((act) => `panopticon.agent.${act}`),
      );
    });
  }
});
