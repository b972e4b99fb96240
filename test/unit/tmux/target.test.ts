import assert from 'node:assert/strict';
import { paneTarget, sessionTarget } from '../../../runner/core/tmux/target.ts';

describe('a target for tmux', () => {
  it('is exact', () => {
    assert.equal(sessionTarget('agent-min-1'), '=agent-min-1');
    assert.equal(paneTarget('agent-min-1'), '=agent-min-1:');
  });

  for (const name of ['', '-t', '$1', 'a.b', 'a:b', 'a b', '#{x}', "a'"]) {
    it(`is refused for ${JSON.stringify(name)}, which tmux would read in another way`, () => {
      assert.throws(() => paneTarget(name), /not a session name/);
    });
  }
});
