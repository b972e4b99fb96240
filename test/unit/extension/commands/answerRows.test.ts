import assert from 'node:assert/strict';
import {
  answerTitle,
  isOwnWords,
  leaveRows,
  likeliestAnswer,
  questionRows,
  saidTogether,
} from '../../../../extension/src/commands/answer/answerRows.ts';
import type { AgentRequest } from '../../../../runner/protocol/models.ts';

const now = Date.parse('2026-11-22T15:00:00.000Z');
const request = (changes: Partial<AgentRequest> = {}): AgentRequest => ({
  id: 'a80b',
  agentId: 'agent-min-142',
  issueId: 'MIN-142',
  title: 'Rate-limit login',
  runtime: 'claude',
  kind: 'permission',
  oneLine: 'npm test',
  brief: true,
  text: 'npm test',
  tool: 'Bash',
  cwd: '/shop/workspaces/feature-min-142',
  answers: ['allow', 'session', 'deny'],
  questions: [],
  since: '2026-11-22T14:56:00.000Z',
  answeredBy: 'hook',
  ...changes,
});
const labels = (rows: readonly ({ label: string } | { heading: string })[]) =>
  rows.map((row) => ('label' in row ? row.label : row.heading));

describe('the answers to a request for leave', () => {
  const table: [string, Partial<AgentRequest>, boolean, string[], string][] = [
    [
      'show a short command and preselect leave',
      {},
      true,
      ['npm test', 'Allow Once', 'Allow for This Session', 'Deny', 'Deny With Message...', 'Open Agent'],
      'allow',
    ],
    [
      'hold no leave for what was not seen whole',
      { brief: false, oneLine: 'sh deploy.sh' },
      false,
      ['Review', 'Deny', 'Deny With Message...', 'Open Agent'],
      'review',
    ],
    [
      'hold it once all was seen',
      { brief: false, answers: ['allow', 'deny'] },
      true,
      ['Allow Once', 'Deny', 'Deny With Message...', 'Open Agent'],
      'allow',
    ],
    [
      'lead to the terminal where only that takes them',
      { answers: [], brief: false },
      false,
      ['Attach Terminal', 'Review', 'Open Agent'],
      'attach',
    ],
    [
      'are about a plan where one is asked about',
      { kind: 'plan', brief: false, answers: ['allow', 'deny'] },
      true,
      ['Approve Plan', 'Reject Plan', 'Reject With Message...', 'Open Agent'],
      'allow',
    ],
  ];
  for (const [what, changes, seenWhole, expected, likeliest] of table) {
    it(what, () => {
      const rows = leaveRows(request(changes), seenWhole, '');
      assert.deepEqual([labels(rows), likeliestAnswer(rows, seenWhole)], [expected, likeliest]);
    });
  }

  it('show beside Deny With Message what was written before', () => {
    const rows = leaveRows(request(), true, ` Use $(check) pnpm, ${'and '.repeat(20)}so on`);
    const described = rows.flatMap((row) => ('label' in row && row.description !== undefined ? [row] : []));
    assert.deepEqual(
      described.map(({ label, description }) => [label, description]),
      [['Deny With Message...', 'Use \\$(check) pnpm, and and and and and…']],
    );
  });

  it('draw no icon that a command writes into its text', () => {
    const [first] = labels(leaveRows(request({ oneLine: 'echo $(check) \u202e' }), true, ''));
    assert.equal(first, 'echo \\$(check) \\u202e');
  });
});

describe('the title of a request', () => {
  const table: [Partial<AgentRequest>, boolean, string][] = [
    [{}, false, 'MIN-142 (claude) wants to run a command, waiting 4 minutes'],
    [{ brief: false, tool: 'Edit' }, false, 'MIN-142 (claude) wants to edit a file, waiting 4 minutes'],
    [{ kind: 'plan' }, false, 'MIN-142 (claude) has a plan to review, waiting 4 minutes'],
    [{}, true, 'That request has gone. The new one: MIN-142 (claude) wants to run a command, waiting 4 minutes'],
  ];
  for (const [changes, replaced, title] of table) {
    it(`is "${title}"`, () => assert.equal(answerTitle(request(changes), now, replaced), title));
  }
});

describe('the answers to a question', () => {
  const options = [
    { label: 'Keep it', description: 'As it is now.' },
    { label: 'Drop it', description: '' },
  ];

  it('are its options, leaving it to the agent, and words', () => {
    assert.deepEqual(labels(questionRows({ text: 'Keep the BOM?', options, multiple: false }, '')), [
      'Keep it',
      'Drop it',
      'You Decide',
      'Other Answer...',
      'Open Agent',
    ]);
  });

  it("show beside words of one's own what was written before", () => {
    const rows = questionRows({ text: 'Keep the BOM?', options, multiple: true }, 'Only in exports');
    assert.deepEqual(rows.at(-1), {
      value: 'other',
      icon: 'edit',
      label: 'Other Answer...',
      description: 'Only in exports',
    });
  });

  for (const [text, isOwn] of [
    ['Only in exports', true],
    ['drop', false],
    ['KEEP IT', false],
    ['Keep it in exports', true],
    ['  ', false],
  ] as const) {
    it(`are ${isOwn ? 'own words' : 'being looked for'} by "${text}"`, () => {
      assert.equal(isOwnWords({ text: 'Keep the BOM?', options, multiple: false }, text), isOwn);
    });
  }

  it('are told together where several fit', () => {
    assert.equal(
      saidTogether([{ say: 'Keep it' }, 'other', { say: 'Drop it' }], 'ask again'),
      'Keep it, Drop it, ask again',
    );
  });
});
