import assert from 'node:assert/strict';
import {
  addPasted,
  addTyped,
  composedText,
  EMPTY_COMPOSER,
  foldedPrompt,
  removeLast,
  shownText,
} from '../../../runner/core/runtimes/rehearsal/program/composer.ts';

describe('the composer of the rehearsal', () => {
  it('keeps typed and pasted text in order and to the byte', () => {
    const composer = addTyped(addPasted(addTyped(EMPTY_COMPOSER, 'a '), 'b\r\n\tc'), ' d');
    assert.equal(composedText(composer), 'a b\r\n\tc d');
  });

  it('shows a paste of more than three lines folded, a shorter one as it is', () => {
    assert.equal(shownText(addPasted(EMPTY_COMPOSER, '1\n2\n3')), '1\n2\n3');
    assert.equal(shownText(addTyped(addPasted(EMPTY_COMPOSER, '1\n2\n3\n4'), '!')), '[pasted 4 lines]!');
    assert.equal(foldedPrompt('1\n2\n3\n4\n'), '[pasted 5 lines]');
    assert.equal(foldedPrompt('x'.repeat(2_001)), '[2001 characters]');
  });

  it('takes back one character as people see it, and a folded paste as a whole', () => {
    assert.equal(composedText(removeLast(addTyped(EMPTY_COMPOSER, 'ae\u0301'))), 'a');
    assert.equal(composedText(removeLast(addTyped(EMPTY_COMPOSER, 'a👩‍👩‍👧'))), 'a');
    const folded = addPasted(addTyped(EMPTY_COMPOSER, 'x'), '1\n2\n3\n4');
    assert.deepEqual(removeLast(folded), addTyped(EMPTY_COMPOSER, 'x'));
    assert.deepEqual(removeLast(removeLast(folded)), EMPTY_COMPOSER);
    assert.deepEqual(removeLast(EMPTY_COMPOSER), EMPTY_COMPOSER);
  });
});
