import assert from 'node:assert/strict';
import type { AgentEvent } from '../../../runner/core/events/agentEvent.ts';
import { checkAnswer } from '../../../runner/core/requests/checkAnswer.ts';
import { goneReason } from '../../../runner/core/requests/goneReason.ts';

const options = ['Keep it', 'Drop it'].map((label) => ({ label, description: '' }));
const one = { kind: 'question', questions: [{ text: 'Keep?', options, multiple: false }] } as const;
const several = { kind: 'question', questions: [{ text: 'Which?', options, multiple: true }] } as const;
const two = {
  kind: 'question',
  questions: [...one.questions, { text: 'Where?', options: [], multiple: false }],
} as const;
const permission = { kind: 'permission', questions: [] } as const;
const plan = { kind: 'plan', questions: [] } as const;
type Asked = Parameters<typeof checkAnswer>[0];

describe('an answer', () => {
  for (const [what, asked, answer, texts, expected] of [
    ['an option by its number', one, 'text', ['2'], { kind: 'text', texts: ['Drop it'] }],
    ['an option by its label', one, 'text', ['drop', 'IT'], { kind: 'text', texts: ['Drop it'] }],
    ['words', one, 'text', ['ask', 'Ada'], { kind: 'text', texts: ['ask Ada'] }],
    ['several options', several, 'text', ['1, 2'], { kind: 'text', texts: ['Keep it, Drop it'] }],
    ['words with a comma', several, 'text', ['1, or none'], { kind: 'text', texts: ['1, or none'] }],
    ['one for each question', two, 'text', ['1', 'in src'], { kind: 'text', texts: ['Keep it', 'in src'] }],
    ['a number that is no option', two, 'text', ['1', '7'], { kind: 'text', texts: ['Keep it', '7'] }],
    ['words to a permission', permission, 'text', ['use', 'pnpm'], { kind: 'deny', texts: ['use pnpm'] }],
    ['words to a plan', plan, 'text', ['smaller'], { kind: 'deny', texts: ['smaller'] }],
    ['a denial with its reason', permission, 'deny', ['no'], { kind: 'deny', texts: ['no'] }],
    ['a denial', permission, 'deny', [' '], { kind: 'deny', texts: [] }],
    ['leave', permission, 'allow', ['ignored'], { kind: 'allow', texts: [] }],
  ] as const) {
    it(`is ${what}`, () => {
      const found = checkAnswer(asked as unknown as Asked, { answer, texts }, 'MIN-1');
      assert.deepEqual(found, expected);
    });
  }

  for (const [what, asked, text] of [
    ['a number', one, '2'],
    ['a number that no option has', one, '10'],
    ['numbers with a comma', several, '1, 2'],
    ['a label in another case', one, 'drop it'],
  ] as const) {
    it(`is what was typed where it is exact: ${what}`, () => {
      const found = checkAnswer(asked as unknown as Asked, { answer: 'text', texts: [text], exact: true }, 'MIN-1');
      assert.deepEqual(found, { kind: 'text', texts: [text] });
    });
  }

  it('names the questions when one is missing', () => {
    assert.throws(
      () => checkAnswer(two as unknown as Asked, { answer: 'text', texts: ['1'] }, 'MIN-1'),
      /MIN-1 asks 2 questions and got 1 answer: 1\. Keep\? 2\. Where\?/,
    );
  });

  it('is none by a number that no option has', () => {
    assert.throws(
      () => checkAnswer(one as unknown as Asked, { answer: 'text', texts: ['3'] }, 'MIN-1'),
      /There is no option 3: the question of MIN-1 has 2/,
    );
  });
});

describe('why a request has gone', () => {
  const at = new Date(2026, 10, 22, 14, 6).toISOString();
  const hook = (name: string): AgentEvent => ({ source: 'hook', at, launchId: 'l', event: { hook_event_name: name } });
  const asked: AgentEvent = { ...hook('PermissionRequest'), request: { id: 'r', pid: 1 } } as AgentEvent;
  const died: AgentEvent = { source: 'runner', at, launchId: 'l', event: { type: 'died', exitCode: 1, signal: null } };
  const answered: AgentEvent = {
    source: 'runner',
    at,
    launchId: 'l',
    event: { type: 'answered', requestId: 'r', answer: 'allow', asked: 'ls', text: '', by: 'you', from: 'vscode' },
  };

  for (const [recent, reason] of [
    [[asked, hook('Notification'), hook('PostToolUse')], 'it was answered in the terminal at 14:06'],
    [[asked, hook('Stop')], 'it was answered in the terminal at 14:06'],
    [[asked, hook('PostToolUse'), answered], 'it was answered by you from vscode at 14:06'],
    [[asked, died], 'the agent ended at 14:06'],
    [[asked, hook('SessionEnd')], 'the agent ended at 14:06'],
    [[asked, hook('Notification')], undefined],
    [[hook('PostToolUse')], undefined],
  ] as const) {
    it(`is "${reason ?? 'not known'}" after ${recent.length} events`, () => {
      assert.equal(goneReason({ recent: [...recent] }, 'r'), reason);
    });
  }
});
