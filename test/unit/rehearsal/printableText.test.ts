import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstLine, printableText } from '../../../runner/core/runtimes/rehearsal/program/printableText.ts';

describe('text on the screen of the rehearsal', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['titles', '\u001b]2;evil\u0007a\u001b]0;evil\u001b\\b', 'ab'],
    ['clipboards', '\u001b]52;c;ZXZpbA==\u0007a', 'a'],
    ['8-bit sequences', '\u009b31mred\u009d2;evil\u009c', 'red'],
    ['a sequence without its end', 'a\u001b]2;evil\nb\u001b[', 'a\nb'],
    ['other controls', 'a\u0000\u0008\u007fb\rc\td', 'ab\nc    d'],
    ['reordering', 'a\u202eb\u2066c', 'abc'],
    ['nothing of plain text', 'é 👩‍👩‍👧 $(x) `y`\n', 'é 👩‍👩‍👧 $(x) `y`\n'],
  ];
  for (const [what, text, expected] of table) {
    it(`loses ${what}`, () => assert.equal(printableText(text), expected));
  }

  it('never holds a control character but newline', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/(?!\n)\p{Cc}/u.test(printableText(text))));
  });

  it('has a first line: the first with something in it, shortened by characters', () => {
    assert.equal(firstLine('\n  \n  MIN-1: Title \nmore', 200), 'MIN-1: Title');
    assert.equal(firstLine('👍👍👍', 2), '👍…');
    assert.equal(firstLine(' \n', 10), '');
  });
});
