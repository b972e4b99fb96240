import assert from 'node:assert/strict';
import { patternOf } from '../../../runner/protocol/foundText.ts';
import { markedText } from '../../../webview/agent/markedText.ts';

describe('markedText', () => {
  const drawn = (text: string, sought: string, current: number): string =>
    markedText(text, patternOf(sought), current)
      .map((piece) => (typeof piece === 'string' ? piece : piece.strings.join(String(piece.values[0]))))
      .join('');

  it('marks what is looked for as it stands in the text, and where the person is', () => {
    assert.equal(
      drawn('One <one>, one.', 'ONE', 1),
      '<mark>One</mark> <<mark class="current" aria-current="true">one</mark>>, <mark>one</mark>.',
    );
  });

  it('leaves other text as it is', () => {
    assert.deepEqual(markedText('One', patternOf('two'), 0), ['One']);
  });

  it('marks a bounded number of them, and always the one where the person is', () => {
    const marked = drawn('a'.repeat(2_000), 'a', 1_234);
    assert.equal(marked.split('<mark').length - 1, 501);
    assert.ok(marked.includes('<mark class="current" aria-current="true">'));
  });
});
