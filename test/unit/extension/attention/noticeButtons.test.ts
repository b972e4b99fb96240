import assert from 'node:assert/strict';
import { noticeLook } from '../../../../extension/src/attention/noticeButtons.ts';
import type { Notice, NoticeRequest } from '../../../../runner/protocol/attention.ts';

const request: NoticeRequest = {
  requestId: 'request-1',
  kind: 'permission',
  brief: true,
  isEdit: false,
  answers: ['allow', 'session', 'deny', 'text'],
  options: [],
};
const ofRequest = { agentId: 'agent-min-1', requestId: 'request-1' };

describe('the buttons of a notification', () => {
  const ask = (changes: Partial<NoticeRequest>): Partial<Notice> => ({ request: { ...request, ...changes } });
  const choice = (...options: string[]): Partial<Notice> => ({
    kind: 'question',
    ...ask({ kind: 'question', options }),
  });
  const cases: [string, Partial<Notice>, severity: string, titles: string[]][] = [
    ['allow a command that is shown whole', ask({}), 'warning', ['Allow', 'Deny', 'Open']],
    ['lead to one that is not', ask({ brief: false }), 'warning', ['Review', 'Deny']],
    ['lead to an edit', ask({ brief: false, isEdit: true }), 'warning', ['Review', 'Deny']],
    ['lead to the terminal where only that takes an answer', ask({ answers: [] }), 'warning', ['Attach', 'Open']],
    ['lead to an agent that waits for nobody knows what', { request: null }, 'warning', ['Attach', 'Open']],
    ['are two short options', choice('Keep it', 'Drop it'), 'warning', ['Keep it', 'Drop it', 'Answer...']],
    ['lead to more options', choice('a', 'b', 'c'), 'warning', ['Answer...']],
    ['lead to longer options', choice('Keep it as it is now', 'b'), 'warning', ['Answer...']],
    ['lead to options that read alike', choice('a ', 'a'), 'warning', ['Answer...']],
    ['lead to an option that reads like our own button', choice('Answer...', 'b'), 'warning', ['Answer...']],
    ['lead to a question without options', choice(), 'warning', ['Answer...']],
    [
      'lead to a plan',
      { kind: 'question', ...ask({ kind: 'plan', brief: false }) },
      'warning',
      ['Review', 'Reject Plan'],
    ],
    ['show what finished work changed', { kind: 'finished' }, 'info', ['Show Changes']],
    ['show all that is finished', { kind: 'finished', agents: ['agent-min-1', 'agent-min-2'] }, 'info', ['Show All']],
    ['ask why an agent is stuck', { kind: 'stuck' }, 'warning', ['Show Why', 'Resume']],
    ['stay for a crash', { kind: 'crashed' }, 'error', ['Show Why', 'Resume']],
    ['lead to the terminal, where another model is chosen', { kind: 'model' }, 'warning', ['Attach', 'Show Why']],
    ['log in', { kind: 'login' }, 'warning', ['Log In...']],
    ['explain a limit', { kind: 'limit' }, 'info', ['Show Why']],
    ['lead to the first of several', { kind: 'several' }, 'warning', ['Go to First', 'Show All']],
    ['show what there was', { kind: 'away' }, 'info', ['Show']],
  ];
  for (const [what, changes, severity, titles] of cases) {
    it(what, () => {
      const look = noticeLook(aNotice(changes), 'brief');
      assert.deepEqual([look.severity, look.buttons.map(({ title }) => title)], [severity, titles]);
    });
  }

  it('allow nothing where the person wants to open every request', () => {
    const { buttons } = noticeLook(aNotice({}), 'open');
    assert.deepEqual(
      buttons.map(({ title }) => title),
      ['Review', 'Deny'],
    );
  });

  it('answer the very request, and lead to it', () => {
    const [allow, , open] = noticeLook(aNotice({}), 'brief').buttons;
    assert.deepEqual(allow?.act, { kind: 'answer', ...ofRequest, answer: 'allow', texts: [] });
    assert.deepEqual(open?.act, { kind: 'command', command: 'panopticon.agent.open', about: ofRequest });
  });

  it('answer a question with the option as the agent gave it', () => {
    const [tab] = noticeLook(aNotice(choice('a\u202eb')), 'brief').buttons;
    assert.equal(tab?.title, 'a\\u202eb');
    assert.deepEqual(tab?.act, { kind: 'answer', ...ofRequest, answer: 'text', texts: ['a\u202eb'] });
  });
});

function aNotice(changes: Partial<Notice>): Notice {
  return { id: 'n', kind: 'permission', text: 'x', agents: ['agent-min-1'], request, ...changes };
}
