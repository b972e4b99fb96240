import assert from 'node:assert/strict';
import fc from 'fast-check';
import { oneLine, stripControls } from '../../../runner/core/text/sanitize.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '\u001b',
        '[',
        ']',
        '\u009b',
        '\u0007',
        '\\',
        '0',
        ';',
        'm',
        'P',
        'é',
        '\n',
        '\t',
        '\u202e',
        '\u{1f600}',
      ),
    )
    .map((parts) => parts.join('')),
);
const forbidden = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

describe('stripControls', () => {
  it('leaves no control character and no bidirectional override in any text', () => {
    fc.assert(fc.property(anyText, (text) => !forbidden.test(stripControls(text))));
  });

  it('keeps only line feeds and tabs when lines are kept', () => {
    fc.assert(
      fc.property(anyText, (text) => !forbidden.test(stripControls(text, { keepLines: true }).replace(/[\n\t]/g, ''))),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(fc.property(anyText, (text) => stripControls(stripControls(text)) === stripControls(text)));
  });

  it('leaves text without controls as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => forbidden.test(text) || stripControls(text) === text),
    );
  });

  it('removes sequences as a whole', () => {
    const cases: [string, string][] = [
      ['\u001b[31mred\u001b[0m', 'red'],
      ['\u009b1;2Hhome', 'home'],
      ['a\u001b]0;title\u0007b', 'ab'],
      ['a\u001b]52;c;aGk=\u001b\\b', 'ab'],
      ['a\u001bPq#0\u001b\\b', 'ab'],
      ['\u001b(Bplain', 'plain'],
      ['open\u001b]0;never ends', 'open0;never ends'],
      ['one\r\ntwo\tthree', 'onetwothree'],
    ];
    for (const [text, stripped] of cases) assert.equal(stripControls(text), stripped);
  });

  it('takes time in proportion to hostile text', () => {
    const quarter = timeOf(() => stripControls('\u001b]0;'.repeat(50_000)));
    const whole = timeOf(() => stripControls('\u001b]0;'.repeat(200_000)));
    assert.ok(whole < Math.max(quarter, 5) * 12, `${quarter} ms became ${whole} ms`);
  });
});

describe('oneLine', () => {
  it('is one line of at most the given number of characters', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 30 }), (text, max) => {
        const line = oneLine(text, max);
        assert.ok([...line].length <= max);
        assert.ok(!/[\r\n\u2028\u2029]/u.test(line));
        assert.equal(line, line.trim());
      }),
    );
  });

  it('folds white space and shows what is cut off', () => {
    assert.equal(oneLine('  Fix\r\nthe\t login ', 80), 'Fix the login');
    assert.equal(oneLine('abcdef', 4), 'abc…');
    assert.equal(oneLine('\u{1f600}\u{1f600}\u{1f600}', 2), '\u{1f600}…');
  });
});

function timeOf(task: () => void): number {
  const startMs = performance.now();
  task();
  return performance.now() - startMs;
}
