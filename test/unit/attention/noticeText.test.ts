import assert from 'node:assert/strict';
import type { News } from '../../../runner/core/attention/news.ts';
import { newsOf } from '../../../runner/core/attention/news.ts';
import { mergedText, noticeText, type Subject, summaryText } from '../../../runner/core/attention/noticeText.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { aRequest, asking, numbered } from './models.ts';

const now = new Date('2026-11-22T14:35:00.000Z');

describe('the text of a notification', () => {
  const permission = (changes: Parameters<typeof aRequest>[0]) => subject(asking(142), { request: aRequest(changes) });
  const script = Array.from({ length: 14 }, (_, index) => `echo ${index}`).join('\n');
  const cases: [string, Subject, string][] = [
    ['of a brief command has all of it', permission({}), 'MIN-142 (claude) wants to run: npm test'],
    [
      'of a script says how long it is, and where it would run',
      permission({ text: script, brief: false, cwd: '/home/ada/myn/workspaces/feature-min-142/src' }),
      'MIN-142 (claude) wants to run a 14-line script in src/',
    ],
    [
      'of a script in the workspace itself',
      permission({ text: 'a\nb', brief: false }),
      'MIN-142 (claude) wants to run a 2-line script',
    ],
    [
      'of an edit names the file and how much',
      permission({
        tool: 'Edit',
        oneLine: 'Edit src/auth/limit.ts',
        text: 'Edit src/auth/limit.ts\n- a\n- b\n- c\n+ d\n+ e',
        brief: false,
      }),
      'MIN-142 (claude) wants to edit src/auth/limit.ts (+2 −3)',
    ],
    [
      'of a new file',
      permission({ tool: 'Write', oneLine: 'Write a.md', text: 'Write a.md\ncontent: x', brief: false }),
      'MIN-142 (claude) wants to edit a.md',
    ],
    [
      'of another tool',
      permission({ tool: 'WebFetch', oneLine: 'WebFetch https://a.example', brief: false }),
      'MIN-142 (claude) wants to use WebFetch https://a.example',
    ],
    [
      'of a question is the question',
      permission({ kind: 'question', oneLine: 'Keep the BOM?', tool: null }),
      'MIN-142 (claude) asks: Keep the BOM?',
    ],
    ['of a plan', permission({ kind: 'plan', oneLine: 'plan: x' }), 'MIN-142 (claude) has a plan to review'],
    [
      'of a request that is not to be had whole',
      subject(asking(142, { oneLine: 'npm test' })),
      'MIN-142 (claude) waits for you: npm test',
    ],
    [
      'of one that waits for nobody knows what',
      subject(numbered(142, { status: 'waiting', reason: 'waits in its terminal' })),
      'MIN-142 (claude) waits for you: waits in its terminal',
    ],
    [
      'of finished work counts what changed',
      subject(numbered(120, { status: 'done' }), { changes: { total: 6, added: 120, removed: 14 } }),
      'MIN-120 is finished: 6 files +120 −14',
    ],
    [
      'of finished work that changed nothing, or nobody knows what, has the title',
      subject(numbered(120, { status: 'done', title: 'Password reset' })),
      'MIN-120 is finished: Password reset',
    ],
    [
      'of one that looks stuck counts from its last sign of life',
      subject(numbered(118, { status: 'stuck', runtime: 'gemini', since: '2026-11-22T14:31:00.000Z' })),
      'MIN-118 (gemini) looks stuck: no sign of life for 34 min',
    ],
    [
      'of a crash',
      subject(numbered(482, { status: 'crashed', reason: 'claude ended with exit code 1' })),
      'MIN-482 crashed: claude ended with exit code 1',
    ],
    ['of a login', subject(parked(5, 'login')), 'claude is logged out: MIN-5 is parked'],
    ['of a model', subject(parked(5, 'model')), 'MIN-5 (claude) waits for you: its reason'],
    ['of a limit', subject(parked(5, 'limit')), 'MIN-5 (claude) is parked: its reason'],
    [
      'has one line without control characters, of at most 160 characters',
      permission({ kind: 'question', oneLine: `a\u001b[31m\u202e\nb ${'x'.repeat(300)}` }),
      `MIN-142 (claude) asks: a b ${'x'.repeat(132)}…`,
    ],
  ];
  for (const [what, given, expected] of cases) it(what, () => assert.equal(noticeText(given, now), expected));

  const merged: [string, Subject[], string][] = [
    [
      'of four agents names them',
      [142, 131, 144, 482].map((number) => subject(asking(number))),
      '4 agents need you: MIN-142, MIN-131, MIN-144 and MIN-482',
    ],
    [
      'of more counts the rest',
      [1, 2, 3, 4, 5, 6].map((number) => subject(asking(number))),
      '6 agents need you: MIN-1, MIN-2, MIN-3 and 3 more',
    ],
    [
      'of finished ones',
      [1, 2].map((number) => subject(numbered(number, { status: 'done' }))),
      '2 agents are finished: MIN-1 and MIN-2',
    ],
    [
      'of both says so',
      [subject(asking(1)), subject(numbered(2, { status: 'done' })), subject(parked(3, 'limit'))],
      'MIN-1 needs you. MIN-2 is finished. MIN-3 waits for a usage limit',
    ],
    [
      'of one account counts its agents',
      [1, 2, 3].map((number) => subject(parked(number, 'login'))),
      'claude is logged out: 3 agents are parked',
    ],
    [
      'of two accounts names the agents',
      [subject(parked(1, 'login')), subject({ ...parked(2, 'login'), runtime: 'codex' })],
      '2 agents need you: MIN-1 and MIN-2',
    ],
  ];
  for (const [what, given, expected] of merged) it(what, () => assert.equal(mergedText(given), expected));

  it('of a summary counts what needs somebody and what is finished', () => {
    const news = [asking(1), asking(2), ...[3, 4, 5].map((number) => numbered(number, { status: 'done' }))].map(known);
    assert.equal(summaryText(news, 'away'), 'While you were away: 2 need you, 3 finished');
    assert.equal(summaryText(news.slice(1, 2), 'paused'), 'While notifications were paused: 1 needs you');
    assert.equal(summaryText([known(parked(1, 'limit'))], 'away'), 'While you were away: 1 parked');
  });
});

function known(agent: Agent): News {
  const news = newsOf(agent);
  assert.ok(news !== undefined);
  return news;
}

function subject(agent: Agent, details: Partial<Subject> = {}): Subject {
  return { news: known(agent), agent, request: null, changes: null, ...details };
}

function parked(number: number, cause: 'login' | 'model' | 'limit'): Agent {
  return numbered(number, { status: 'parked', reason: 'its reason', parked: { cause, until: null } });
}
