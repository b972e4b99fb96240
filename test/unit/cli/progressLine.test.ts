import assert from 'node:assert/strict';
import { progressText } from '../../../runner/cli/progressLine.ts';
import { lookFor } from './lookFor.ts';

describe('the line of progress', () => {
  it('lists the phases and how long the current one takes', async () => {
    const look = await lookFor('');
    assert.equal(progressText(['creating workspace', 'setup'], 0, look), 'creating workspace · setup');
    assert.equal(progressText(['creating workspace', 'setup'], 4_200, look), 'creating workspace · setup 4 s');
  });

  it('says what it waits for after ten seconds, and never wraps', async () => {
    assert.equal(progressText(['setup'], 14_000, await lookFor('')), 'still waiting for: setup, 14 s');
    assert.equal(progressText(['a long phase'], 0, await lookFor('', { width: 8 })), 'a long…');
  });
});
