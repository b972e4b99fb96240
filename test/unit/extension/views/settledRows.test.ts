import assert from 'node:assert/strict';
import { agentRow } from '../../../../extension/src/views/agentRow.ts';
import { SettledRows } from '../../../../extension/src/views/settledRows.ts';
import type { TreeNode } from '../../../../extension/src/views/treeNode.ts';
import { agentIdOf } from '../../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../../runner/protocol/models.ts';
import { anAgent } from '../../cli/models.ts';

const context = { now: 0, isNeedy: true, waitForLogin: 0, isHere: true, isSeen: false };

function line(issueId: string, requestId: string | undefined, changes: Partial<Agent> = {}): TreeNode {
  const ask = {
    kind: 'permission' as const,
    oneLine: 'npm test',
    brief: true,
    answers: ['allow' as const],
    options: [],
  };
  const agent = anAgent({
    id: agentIdOf(issueId),
    issueId,
    status: requestId === undefined ? 'working' : 'waiting',
    ask: requestId === undefined ? null : { ...ask, requestId, since: '2026-11-22T10:00:00.000Z' },
    ...changes,
  });
  return { row: agentRow(agent, context), element: { kind: 'agent', agentId: agent.id, agent } };
}

function withCommand({ element, ...line }: TreeNode, oneLine: string): TreeNode {
  if (element.kind !== 'agent' || element.agent.ask === null) throw new Error('It asks nothing.');
  const agent = { ...element.agent, ask: { ...element.agent.ask, oneLine } };
  return { ...line, element: { ...element, agent } };
}

/** What of these two agents may be clicked. */
function settled(rows: SettledRows, now: number): boolean[] {
  return ['agent-min-1', 'agent-min-2'].map((id) => rows.has(id, 'icon', now));
}

describe('rows that have settled', () => {
  it('are those that have stood for as long as a person needs to see them', () => {
    const rows = new SettledRows();
    rows.show([line('MIN-1', 'a')], 1_000);
    assert.deepEqual([rows.has('agent-min-1', 'icon', 1_799), rows.has('agent-min-1', 'icon', 1_800)], [false, true]);
    assert.equal(rows.has('agent-min-9', 'icon', 9_000), false);
  });

  it('are for a menu, which may have been open all the time, those that have stood for a minute', () => {
    const rows = new SettledRows();
    rows.show([line('MIN-1', 'a')], 1_000);
    assert.deepEqual(
      [1_800, 60_999, 61_000].map((now) => rows.has('agent-min-1', 'menu', now)),
      [false, false, true],
    );
    rows.show([line('MIN-1', 'b')], 70_000);
    assert.equal(rows.has('agent-min-1', 'menu', 70_900), false);
  });

  it('are not those whose request is another one, though it reads the same', () => {
    const rows = new SettledRows();
    rows.show([line('MIN-1', 'a'), line('MIN-2', 'b')], 0);
    rows.show([line('MIN-1', 'c'), line('MIN-2', 'b')], 5_000);
    assert.deepEqual(settled(rows, 5_100), [false, true]);
  });

  it('are not those whose request says something else under the same id', () => {
    const rows = new SettledRows();
    const asked = line('MIN-1', 'a');
    rows.show([asked, line('MIN-2', 'b')], 0);
    rows.show([withCommand(asked, 'rm -r x'), line('MIN-2', 'b')], 5_000);
    assert.deepEqual(settled(rows, 5_100), [false, true]);
  });

  it('are not those that came to stand where another row stood', () => {
    const rows = new SettledRows();
    rows.show([line('MIN-1', 'a'), line('MIN-2', 'b')], 0);
    rows.show([line('MIN-2', 'b'), line('MIN-1', undefined)], 5_000);
    assert.deepEqual(settled(rows, 5_100), [false, false]);
    assert.deepEqual(settled(rows, 5_800), [true, true]);
  });

  it('are not those whose acts changed under the pointer', () => {
    const rows = new SettledRows();
    rows.show([line('MIN-1', undefined)], 0);
    rows.show([line('MIN-1', 'a')], 5_000);
    assert.equal(rows.has('agent-min-1', 'icon', 5_100), false);
  });

  it('stay so when only their words change, and are found below headings', () => {
    const rows = new SettledRows();
    const heading = (child: TreeNode): TreeNode => ({
      row: { label: 'Needs you', description: '1', icon: undefined, contextValue: 'group', spoken: 'Needs you' },
      element: { kind: 'group', key: 'needsYou' },
      children: [child],
    });
    rows.show([heading(line('MIN-1', 'a'))], 0);
    rows.show([heading(line('MIN-1', 'a', { title: 'Another title' }))], 5_000);
    assert.equal(rows.has('agent-min-1', 'icon', 5_001), true);
  });
});
