import assert from 'node:assert/strict';
import { meantBy } from '../../../../extension/src/commands/meant.ts';
import type { Element } from '../../../../extension/src/views/elements.ts';
import { anAgent } from '../../cli/models.ts';

const agent = anAgent({ id: 'agent-min-1', issueId: 'MIN-1' });
const other = anAgent({ id: 'agent-min-2', issueId: 'MIN-2' });
const row = (each: typeof agent): Element => ({ kind: 'agent', agentId: each.id, agent: each });

describe('what a command means by what it was given', () => {
  const table: [string, unknown[], ReturnType<typeof meantBy>][] = [
    ['nothing', [], { issueIds: [], shown: [] }],
    ['the row that was clicked', [row(agent)], { issueIds: ['MIN-1'], shown: [agent] }],
    [
      'all selected rows',
      [row(agent), [row(agent), row(other)]],
      { issueIds: ['MIN-1', 'MIN-2'], shown: [agent, other] },
    ],
    [
      'the clicked row before the others that are selected',
      [row(other), [row(agent), row(other)]],
      { issueIds: ['MIN-2', 'MIN-1'], shown: [other, agent] },
    ],
    ['the agent of a link', [{ agentId: 'agent-min-1' }], { issueIds: ['MIN-1'], shown: [] }],
    [
      'the request of a notification',
      [{ agentId: 'agent-min-1', requestId: 'a80b' }],
      { issueIds: ['MIN-1'], shown: [], requestId: 'a80b' },
    ],
    [
      'where an issue was dropped',
      [{ issueId: 'MIN-2', state: 'todo' }],
      { issueIds: ['MIN-2'], shown: [], state: 'todo' },
    ],
    [
      'all that were dropped, each once, and nothing by what is no id',
      [{ issueIds: ['MIN-2', 'MIN-1', 'MIN-2', '../MIN', 3], state: 'todo' }],
      { issueIds: ['MIN-2', 'MIN-1'], shown: [], state: 'todo' },
    ],
    [
      'the text for a message',
      [{ agentId: 'agent-min-1', text: 'a.ts' }],
      { issueIds: ['MIN-1'], shown: [], text: 'a.ts' },
    ],
    ['the view of a key', [{ view: 'agents' }], { issueIds: [], shown: [], view: 'agents' }],
    ['nothing by what is no id', [{ agentId: '../MIN' }], { issueIds: [], shown: [] }],
    ['nothing by an unknown state', [{ state: 'gone', view: 'all' }], { issueIds: [], shown: [] }],
    ['nothing by a heading', [{ kind: 'group', key: 'needsYou' }], { issueIds: [], shown: [] }],
    ['nothing by something else', [null, 'MIN-1'], { issueIds: [], shown: [] }],
  ];
  for (const [what, given, meant] of table) {
    it(`is ${what}`, () => assert.deepEqual(meantBy(given), meant));
  }
});
