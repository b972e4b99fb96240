import assert from 'node:assert/strict';
import { inertText } from '../../../../extension/src/views/inertText.ts';

describe('text in a tooltip', () => {
  it('keeps words and blanks, and writes every sign by its number', () => {
    assert.equal(inertText('Größe 12 日本'), 'Größe 12 日本');
    assert.equal(
      inertText('$(x) [a](command:b) <b> www.c.d 1. -\n'),
      '&#36;&#40;x&#41; &#91;a&#93;&#40;command&#58;b&#41; &#60;b&#62; www&#46;c&#46;d 1&#46; &#45;&#10;',
    );
  });
});
