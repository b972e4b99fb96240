import assert from 'node:assert/strict';
import { AnswerDrafts } from '../../../../extension/src/commands/answer/answerDrafts.ts';

describe('what was written to answer a request', () => {
  const first = { issueId: 'MIN-1', requestId: 'a1' };
  const second = { issueId: 'MIN-1', requestId: 'a2' };
  const other = { issueId: 'MIN-2', requestId: 'b1' };
  let drafts: AnswerDrafts;

  beforeEach(() => {
    drafts = new AnswerDrafts();
    for (const request of [first, second, other]) drafts.of(request, 'reason').keep(`not ${request.requestId}`);
  });

  const reasons = (): string[] => [first, second, other].map((request) => drafts.of(request, 'reason').text);

  it('is nothing at first', () => {
    assert.equal(new AnswerDrafts().of(first, 'reason').text, '');
  });

  it('is kept for each request', () => {
    assert.deepEqual(reasons(), ['not a1', 'not a2', 'not b1']);
  });

  it('is kept for each question of one', () => {
    drafts.of(first, 0).keep('Keep it');
    drafts.of(first, 1).keep('Later');
    assert.deepEqual(
      [0, 1, 2].map((question) => drafts.of(first, question).text),
      ['Keep it', 'Later', ''],
    );
    assert.deepEqual(reasons(), ['not a1', 'not a2', 'not b1']);
  });

  it('is what was written last', () => {
    const draft = drafts.of(first, 'reason');
    draft.keep('Use pnpm');
    draft.keep('');
    assert.equal(drafts.of(first, 'reason').text, '');
  });

  it('is forgotten with its request', () => {
    drafts.forget('a1');
    assert.deepEqual(reasons(), ['', 'not a2', 'not b1']);
  });

  it('is forgotten when the agent does not ask that any more', () => {
    drafts.keepOnly('MIN-1', ['a2', 'a3']);
    assert.deepEqual(reasons(), ['', 'not a2', 'not b1']);
  });
});
