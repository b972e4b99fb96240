import assert from 'node:assert/strict';
import { requireIssueId } from '../../../runner/core/issues/requireIssueId.ts';
import { UserError } from '../../../runner/protocol/errors.ts';

describe('requireIssueId', () => {
  it('takes an id in every spelling', () => {
    for (const text of ['MIN-123', 'min-123', 'agent-min-123', ' Min-123\n']) {
      assert.equal(requireIssueId(text), 'MIN-123');
    }
  });

  it('refuses everything else in one sentence', () => {
    assert.throws(() => requireIssueId('foo bar'), {
      name: 'UserError',
      code: 'badId',
      kind: 'user',
      message: "'foo bar' is not an issue id.",
      hint: 'An issue id looks like MIN-123.',
    });
  });

  it('repeats hostile text only in part and without control characters', () => {
    for (const text of ['', '#482', '../../etc/passwd', '$(touch x)', `\u001b[2J${'x'.repeat(100_000)}\n-1`]) {
      assert.throws(
        () => requireIssueId(text),
        (error: unknown) => error instanceof UserError && error.message.length < 100 && !/\p{Cc}/u.test(error.message),
      );
    }
  });
});
