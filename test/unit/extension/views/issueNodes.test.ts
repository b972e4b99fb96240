import assert from 'node:assert/strict';
import {
  type IssueNodesInput,
  issueNodes,
  stateKey,
  wantedStates,
} from '../../../../extension/src/views/issueNodes.ts';
import { issueRow } from '../../../../extension/src/views/issueRow.ts';
import type { TreeNode } from '../../../../extension/src/views/treeNode.ts';
import type { Agent, Issue, Project } from '../../../../runner/protocol/models.ts';
import { anAgent, anIssue } from '../../cli/models.ts';

const project = (name: string): Project => ({
  name,
  path: `/home/ada/${name}`,
  prefix: 'MIN',
  tracker: 'local',
  defaultBranch: 'main',
  addedAt: '2026-11-22T10:00:00.000Z',
});

function tree(input: Partial<IssueNodesInput>): unknown[] {
  return issueNodes({
    counts: { counts: [], broken: [], labels: [] },
    projects: [project('myn')],
    pages: new Map(),
    pageSize: 50,
    agentOf: () => undefined,
    hasWorkspace: () => false,
    ...input,
  }).map(shown);
}

function shown({ row, children, isCollapsed }: TreeNode): unknown {
  const text = `${row.label}${row.description === '' ? '' : ` · ${row.description}`}`;
  if (children === undefined) return text;
  return [isCollapsed === true ? `${text} (closed)` : text, children === 'unloaded' ? '...' : children.map(shown)];
}

const counts = (...list: [string, Issue['state'], number][]) => ({
  counts: list.map(([name, state, count]) => ({ project: name, state, count })),
  broken: [],
  labels: [],
});

describe('the tree of issues', () => {
  it('shows the states of the only project, from what is under way to what is over', () => {
    const given = counts(
      ['myn', 'backlog', 1_063],
      ['myn', 'todo', 1_204],
      ['myn', 'in_progress', 3],
      ['myn', 'done', 9],
    );
    assert.deepEqual(tree({ counts: given }), [
      ['In progress · 3', '...'],
      ['Todo · 1,204', '...'],
      ['Backlog · 1,063 (closed)', '...'],
      ['Done · 9 (closed)', '...'],
    ]);
  });

  it('shows several projects, and none that has nothing to show', () => {
    const given = counts(['alpha', 'todo', 2], ['myn', 'todo', 1], ['myn', 'done', 7]);
    assert.deepEqual(tree({ counts: given, projects: ['alpha', 'empty', 'myn'].map(project) }), [
      ['alpha · 2 open', [['Todo · 2', '...']]],
      [
        'myn · 1 open',
        [
          ['Todo · 1', '...'],
          ['Done · 7 (closed)', '...'],
        ],
      ],
    ]);
  });

  it('offers the rest of a state', () => {
    const issues = [anIssue({ id: 'MIN-1', title: 'One' }), anIssue({ id: 'MIN-2', title: 'Two' })];
    const pages = new Map([[stateKey('myn', 'todo'), { issues, total: 1_204 }]]);
    assert.deepEqual(tree({ counts: counts(['myn', 'todo', 1_204]), pages }), [
      ['Todo · 1,204', ['MIN-1 One', 'MIN-2 Two', 'Load 50 More · 2 of 1,204']],
    ]);
    assert.deepEqual(
      tree({ counts: counts(['myn', 'todo', 3]), pages: new Map([[stateKey('myn', 'todo'), { issues, total: 3 }]]) }),
      [['Todo · 3', ['MIN-1 One', 'MIN-2 Two', 'Load 1 More · 2 of 3']]],
    );
  });

  it('lists what cannot be read', () => {
    const broken = [
      { id: 'MIN-9', project: 'myn', path: '/home/ada/myn/.panopticon/issues/MIN-9.md', reason: 'no front matter' },
    ];
    assert.deepEqual(tree({ counts: { ...counts(['myn', 'todo', 1]), broken } }), [
      ['Todo · 1', '...'],
      'MIN-9 cannot be read · no front matter',
    ]);
  });

  it('asks for the states of the filter, else for all that are not hidden', () => {
    assert.deepEqual(wantedStates(['done', 'todo'], ['canceled']), ['todo', 'done']);
    assert.deepEqual(wantedStates([], ['canceled', 'done']), [
      'backlog',
      'todo',
      'planning',
      'in_progress',
      'in_review',
    ]);
  });
});

describe('the row of an issue', () => {
  const row = (issue: Partial<Issue>, agent?: Partial<Agent>, hasWorkspace = false) => {
    const made = issueRow(anIssue({ id: 'MIN-170', title: 'Add webhooks retry', ...issue }), {
      agent: agent === undefined ? undefined : anAgent(agent),
      hasWorkspace,
    });
    return [made.label, made.description, made.icon?.id, made.contextValue, made.spoken];
  };
  const table: [string, Partial<Issue>, Partial<Agent> | undefined, unknown[]][] = [
    [
      'says priority and label',
      { priority: 'high', labels: ['bug', 'auth'] },
      undefined,
      [
        'MIN-170 Add webhooks retry',
        'high · bug',
        'issues',
        'issue.todo+local',
        'MIN-170, Add webhooks retry, todo, high priority, 2 labels: bug auth',
      ],
    ],
    [
      'says nothing of a usual priority',
      { state: 'backlog' },
      undefined,
      ['MIN-170 Add webhooks retry', '', 'issue-draft', 'issue.backlog+local', 'MIN-170, Add webhooks retry, backlog'],
    ],
    [
      'knows where people read it',
      { state: 'planning', tracker: 'linear', url: 'https://linear.app/x' },
      undefined,
      ['MIN-170 Add webhooks retry', '', 'compass', 'issue.planning+url', 'MIN-170, Add webhooks retry, planning'],
    ],
    [
      'shows the agent that is at it',
      { state: 'in_progress', priority: 'urgent' },
      { status: 'waiting' },
      [
        'MIN-170 Add webhooks retry',
        'claude waiting',
        'question',
        'issue.in_progress+agent+local',
        'MIN-170, Add webhooks retry, in progress, urgent priority, claude waiting',
      ],
    ],
    [
      'shows itself again when the agent is over',
      { state: 'in_review' },
      { status: 'stopped' },
      [
        'MIN-170 Add webhooks retry',
        'claude stopped',
        'git-pull-request',
        'issue.in_review+local',
        'MIN-170, Add webhooks retry, in review, claude stopped',
      ],
    ],
    [
      'that is done',
      { state: 'done' },
      undefined,
      ['MIN-170 Add webhooks retry', '', 'pass', 'issue.done+local', 'MIN-170, Add webhooks retry, done'],
    ],
    [
      'that is canceled',
      { state: 'canceled' },
      undefined,
      [
        'MIN-170 Add webhooks retry',
        '',
        'circle-slash',
        'issue.canceled+local',
        'MIN-170, Add webhooks retry, canceled',
      ],
    ],
  ];
  for (const [what, issue, agent, expected] of table) {
    it(what, () => assert.deepEqual(row(issue, agent), expected));
  }

  it('tells menus of its workspace', () => {
    assert.equal(
      row({ state: 'in_progress' }, { status: 'working' }, true)[3],
      'issue.in_progress+agent+workspace+local',
    );
  });
});
