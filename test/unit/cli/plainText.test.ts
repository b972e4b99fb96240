import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainLine, plainText } from '../../../runner/cli/render/plainText.ts';

describe('text of strangers', () => {
  it('loses its control sequences with all they carry', () => {
    assert.equal(
      plainLine('a\u001b[2J\u001b[1;31mb\u001b]52;c;c2VjcmV0\u0007c\u001b]0;title\u001b\\d\u009b5me'),
      'abcde',
    );
    assert.equal(plainLine('one\r\ntwo\u2028three\tfour'), 'one two three four');
    assert.equal(plainText('one\r\n\ttwo\u0008'), 'one\n\ttwo');
  });

  it('keeps what people write', () => {
    const text = 'Überschrift "quoted" $(id) `x` 登录 👩‍👩‍👧‍👦 e\u0301 عربي';
    assert.equal(plainLine(text), text);
  });

  it('never keeps a control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
        assert.doesNotMatch(plainLine(text), /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});
