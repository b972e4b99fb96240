import assert from 'node:assert/strict';
import { type AgentGrouping, roomForAll } from '../../../../extension/src/views/agentGroups.ts';
import { agentNodes } from '../../../../extension/src/views/agentNodes.ts';
import { rowId, type TreeNode } from '../../../../extension/src/views/treeNode.ts';
import { agentIdOf } from '../../../../runner/protocol/issueId.ts';
import type { Agent } from '../../../../runner/protocol/models.ts';
import { anAgent } from '../../cli/models.ts';

const now = Date.parse('2026-11-22T15:00:00.000Z');
const ago = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();

function agent(number: number, status: Agent['status'], minutes: number, changes: Partial<Agent> = {}): Agent {
  const issueId = `MIN-${number}`;
  return anAgent({ id: agentIdOf(issueId), issueId, status, since: ago(minutes), ...changes });
}

const usual: AgentGrouping = {
  groupBy: 'status',
  scope: 'all',
  openProjects: new Set(['myn']),
  finishedHours: 24,
  showsOlder: false,
  now,
  rooms: new Map(),
};

/** Each group with the ids of its rows. */
function tree(agents: readonly Agent[], changes: Partial<AgentGrouping> = {}): Record<string, string[] | string> {
  const nodes = agentNodes({ agents, grouping: { ...usual, ...changes }, isSeen: () => true });
  return Object.fromEntries(
    nodes.map((node) => [titleOf(node), Array.isArray(node.children) ? node.children.map(idOf) : '']),
  );
}

function titleOf({ row, isCollapsed }: TreeNode): string {
  return `${row.label}${row.description === '' ? '' : ` ${row.description}`}${isCollapsed === true ? ' (closed)' : ''}`;
}

function idOf({ row, element }: TreeNode): string {
  return element.kind === 'note' ? `${row.label} ${row.description}`.trim() : rowId(element).replace('agent-', '');
}

describe('the tree of agents', () => {
  it('lists who needs somebody first, the longest waiting at the top, and the rest by state', () => {
    const agents = [
      agent(1, 'working', 1),
      agent(2, 'waiting', 4),
      agent(3, 'stuck', 9),
      agent(4, 'starting', 5),
      agent(5, 'crashed', 2),
      agent(6, 'idle', 1),
      agent(7, 'idle', 30),
      agent(8, 'parked', 5, { parked: { cause: 'limit', until: ago(-60) } }),
      agent(9, 'parked', 1, { parked: { cause: 'limit', until: ago(-30) } }),
      agent(10, 'parked', 9, { parked: { cause: 'other', until: null } }),
      agent(11, 'done', 60),
      agent(12, 'stopped', 5),
      agent(13, 'unknown', 0),
      agent(14, 'unreadable', 3),
    ];
    assert.deepEqual(tree(agents), {
      'Needs you 4': ['min-3', 'min-2', 'min-14', 'min-5'],
      'Working 3': ['min-4', 'min-1', 'min-13'],
      'Parked 3': ['min-9', 'min-8', 'min-10'],
      'Idle 2': ['min-7', 'min-6'],
      'Finished 2 (closed)': ['min-12', 'min-11'],
    });
  });

  it('has one row for all that wait for the same login', () => {
    const parked = { parked: { cause: 'login' as const, until: null } };
    const agents = [
      agent(1, 'parked', 1, parked),
      agent(2, 'parked', 5, parked),
      agent(3, 'parked', 9, { ...parked, runtime: 'codex' }),
    ];
    assert.deepEqual(tree(agents), { 'Needs you 2': ['min-3', 'min-2'], 'Parked 1': ['min-1'] });
  });

  it('shows 50 rows of a group until more are asked for, and never cuts who needs somebody', () => {
    const many = Array.from({ length: 134 }, (_, index) => agent(index + 1, 'idle', 134 - index));
    const shown = tree(many)['Idle 134'];
    assert.equal(shown?.length, 51);
    assert.equal(shown?.[50], 'Show 84 More');
    assert.equal(tree(many, { rooms: new Map([['idle', 250]]) })['Idle 134']?.length, 134);
    const waiting = many.map((each) => ({ ...each, status: 'waiting' as const }));
    assert.equal(tree(waiting)['Needs you 134']?.length, 134);
  });

  it('has room for all once somebody is looked for, whatever they are grouped by', () => {
    const many = Array.from({ length: 60 }, (_, index) => agent(index + 1, 'idle', 60 - index));
    const titles = { status: 'Idle 60', project: 'myn 60', runtime: 'claude 60' } as const;
    for (const groupBy of ['status', 'project', 'runtime'] as const) {
      const rooms = roomForAll(many, { ...usual, groupBy });
      assert.equal(tree(many, { groupBy, rooms })[titles[groupBy]]?.length, 60);
    }
  });

  it('hides what finished long ago until it is asked for', () => {
    const agents = [agent(1, 'done', 25 * 60), agent(2, 'done', 23 * 60)];
    assert.deepEqual(tree(agents), { 'Finished 2 (closed)': ['min-2', 'Show Older 1'] });
    assert.deepEqual(tree(agents, { showsOlder: true }), { 'Finished 2 (closed)': ['min-2', 'min-1'] });
    assert.deepEqual(tree(agents, { finishedHours: 48 }), { 'Finished 2 (closed)': ['min-2', 'min-1'] });
  });

  it('groups by project, those of the window first', () => {
    const agents = [
      agent(1, 'working', 1, { project: 'alpha' }),
      agent(2, 'done', 1),
      agent(3, 'idle', 1),
      agent(4, 'waiting', 1, { project: 'alpha' }),
    ];
    assert.deepEqual(tree(agents, { groupBy: 'project' }), {
      'Needs you 1': ['min-4'],
      'myn 2': ['min-3', 'min-2'],
      'alpha 1': ['min-1'],
    });
  });

  it('groups by runtime', () => {
    const agents = [agent(1, 'working', 1), agent(2, 'working', 2, { runtime: 'codex' })];
    assert.deepEqual(tree(agents, { groupBy: 'runtime' }), { 'claude 1': ['min-1'], 'codex 1': ['min-2'] });
  });

  it('lists only the agents of the window where that is wanted, and says who needs somebody elsewhere', () => {
    const elsewhere = { project: 'househunt' };
    const agents = [
      agent(1, 'working', 1),
      agent(2, 'working', 1, elsewhere),
      agent(3, 'waiting', 1, elsewhere),
      agent(4, 'stuck', 1, elsewhere),
    ];
    assert.deepEqual(tree(agents, { scope: 'window' }), { 'Working 1': ['min-1'], '2 more need you in househunt': '' });
    assert.deepEqual(Object.keys(tree(agents, { scope: 'window', openProjects: new Set() })), [
      'Needs you 2',
      'Working 2',
    ]);
  });

  it('has no rows when there is no agent, so that the view can say what to do', () => {
    assert.deepEqual(tree([]), {});
  });
});
