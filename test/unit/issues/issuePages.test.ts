import assert from 'node:assert/strict';
import { countIssues } from '../../../runner/core/issues/countIssues.ts';
import { compareInState } from '../../../runner/core/issues/issueOrder.ts';
import { searchIssues } from '../../../runner/core/issues/searchIssues.ts';
import type { Issue } from '../../../runner/protocol/models.ts';

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T12:00:00.000Z`;
const ids = (issues: readonly Issue[]): string[] => issues.map(({ id }) => id);

describe('the order of a page of issues', () => {
  it('is by priority, then latest change, then number', () => {
    const issues = [
      anIssue('MIN-10', { updatedAt: day(1) }),
      anIssue('MIN-9', { updatedAt: day(1) }),
      anIssue('MIN-1', { updatedAt: null }),
      anIssue('MIN-2', { updatedAt: day(2) }),
      anIssue('MIN-3', { priority: 'low', updatedAt: day(9) }),
      anIssue('MIN-4', { priority: 'urgent', updatedAt: null }),
    ];
    assert.deepEqual(ids(issues.sort(compareInState)), ['MIN-4', 'MIN-2', 'MIN-9', 'MIN-10', 'MIN-1', 'MIN-3']);
  });
});

describe('counting issues', () => {
  it('counts what fits by project and state, in their order, and names all labels', () => {
    const issues = new Map([
      [
        'zoo',
        [
          anIssue('ZOO-1', { state: 'done', labels: ['ui'] }),
          anIssue('ZOO-2', { labels: ['bug', 'ui'] }),
          anIssue('ZOO-3', { labels: ['bug'] }),
        ],
      ],
      ['empty', []],
      ['ant', [anIssue('ANT-1', { state: 'in_review', labels: ['Bug'] })]],
    ]);
    assert.deepEqual(
      countIssues(issues, () => true),
      {
        counts: [
          { project: 'zoo', state: 'todo', count: 2 },
          { project: 'zoo', state: 'done', count: 1 },
          { project: 'ant', state: 'in_review', count: 1 },
        ],
        labels: ['Bug', 'bug', 'ui'],
      },
    );
    assert.deepEqual(
      countIssues(issues, ({ labels }) => labels.includes('ui')),
      {
        counts: [
          { project: 'zoo', state: 'todo', count: 1 },
          { project: 'zoo', state: 'done', count: 1 },
        ],
        labels: ['Bug', 'bug', 'ui'],
      },
    );
  });
});

describe('searching issues', () => {
  const issues = [
    anIssue('MIN-1', { title: 'Rate-limit login', updatedAt: day(1) }),
    anIssue('MIN-12', { title: 'Relogin after a day', updatedAt: day(2) }),
    anIssue('MIN-120', { title: 'Write docs', labels: ['Login', 'docs'], updatedAt: day(3) }),
    anIssue('MIN-2', { title: 'Login page', state: 'done', updatedAt: day(4) }),
    anIssue('LOG-2', { title: 'Über Äpfel 1', state: 'canceled', updatedAt: null }),
  ];
  const table: { what: string; text: string; found: string[] }[] = [
    {
      what: 'words of the title before parts of words and labels, open before closed',
      text: 'LOGIN',
      found: ['MIN-1', 'MIN-120', 'MIN-12', 'MIN-2'],
    },
    { what: 'every word, wherever it is', text: ' login  docs ', found: ['MIN-120'] },
    { what: 'nothing where one word does not occur', text: 'login nowhere', found: [] },
    { what: 'the id that was typed first, then those that begin so', text: 'min-12', found: ['MIN-12', 'MIN-120'] },
    { what: 'an id also when its issue is closed', text: 'agent-min-2', found: ['MIN-2'] },
    { what: 'a number for an id', text: '2', found: ['MIN-2', 'LOG-2', 'MIN-120', 'MIN-12'] },
    { what: 'a prefix', text: 'log-', found: ['LOG-2'] },
    { what: 'letters however their accents are written', text: 'a\u0308PFEL', found: ['LOG-2'] },
    { what: 'no pattern', text: '.*', found: [] },
    {
      what: 'everything, latest change first, where nothing is typed',
      text: '  ',
      found: ['MIN-120', 'MIN-12', 'MIN-1', 'MIN-2', 'LOG-2'],
    },
  ];
  for (const { what, text, found } of table) {
    it(`finds ${what}`, () => assert.deepEqual(ids(searchIssues(issues, text)), found));
  }
});

function anIssue(id: string, changes: Partial<Issue> = {}): Issue {
  return {
    id,
    title: id,
    state: 'todo',
    labels: [],
    priority: 'normal',
    tracker: 'local',
    url: `file:///${id}`,
    project: 'min',
    updatedAt: null,
    ...changes,
  };
}
