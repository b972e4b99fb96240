import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type InputEvent, InputParser } from '../../../runner/core/runtimes/rehearsal/program/inputParser.ts';

describe('the input parser of the rehearsal', () => {
  const table: readonly (readonly [what: string, input: string, events: readonly InputEvent[]])[] = [
    ['text', 'abc', [{ kind: 'text', text: 'abc' }]],
    ['Enter and C-j', 'a\rb\n', [typed('a'), { kind: 'enter' }, typed('b'), { kind: 'newline' }]],
    ['a tab as text', 'a\tb', [typed('a\tb')]],
    ['C-c, C-d, C-u', '\u0003\u0004\u0015', [{ kind: 'ctrlC' }, { kind: 'ctrlD' }, { kind: 'ctrlU' }]],
    ['both Backspaces', '\u007f\u0008', [{ kind: 'backspace' }, { kind: 'backspace' }]],
    ['Esc before a control key', '\u001b\u0015', [{ kind: 'escape' }, { kind: 'ctrlU' }]],
    ['no arrow, function and mouse keys', '\u001b[A\u001bOP\u001b[15;2~\u001b[<0;1;1Mx', [typed('x')]],
    ['no Alt keys', '\u001bbx', [typed('x')]],
    ['no string sequences', '\u001b]0;title\u0007x\u001bPdata\u001b\\y', [typed('x'), typed('y')]],
    ['Enter after a stray Alt-]', '\u001b]x\r', [{ kind: 'enter' }]],
    ['what follows a broken sequence', '\u001b[12\rx', [{ kind: 'enter' }, typed('x')]],
    ['a paste to the byte', paste('a\n\tb\r\u001b[A é\u0003'), [{ kind: 'paste', text: 'a\n\tb\r\u001b[A é\u0003' }]],
    ['an empty paste', paste(''), [{ kind: 'paste', text: '' }]],
    ['a byte order mark in a paste', paste('\ufeffa'), [{ kind: 'paste', text: '\ufeffa' }]],
    ['Enter after a paste', `${paste('a')}\r`, [{ kind: 'paste', text: 'a' }, { kind: 'enter' }]],
    ['a paste inside a paste up to the first end', paste('\u001b[200~a'), [{ kind: 'paste', text: '\u001b[200~a' }]],
  ];
  for (const [what, input, events] of table) {
    it(`reads ${what}`, () => assert.deepEqual(new InputParser().feed(Buffer.from(input)), events));
  }

  it('waits for what follows an ESC, and takes it for the key when nothing does', () => {
    const parser = new InputParser();
    assert.deepEqual(parser.feed(Buffer.from('a\u001b')), [typed('a')]);
    assert.equal(parser.awaitsSequence, true);
    assert.deepEqual(parser.flush(), [{ kind: 'escape' }]);
    assert.equal(parser.awaitsSequence, false);
    assert.deepEqual(parser.feed(Buffer.from('[A')), [typed('[A')]);
  });

  it('drops an unfinished sequence when nothing follows it', () => {
    const parser = new InputParser();
    assert.deepEqual(parser.feed(Buffer.from('\u001b[1')), []);
    assert.deepEqual(parser.flush(), []);
    assert.deepEqual(parser.feed(Buffer.from('x')), [typed('x')]);
  });

  it('keeps half a character and half an end of a paste when it is flushed', () => {
    const parser = new InputParser();
    parser.feed(Buffer.from([0xc3]));
    assert.deepEqual(parser.flush(), []);
    assert.deepEqual(parser.feed(Buffer.from([0xa9])), [typed('é')]);
    parser.feed(Buffer.from('\u001b[200~a\u001b[20'));
    assert.deepEqual(parser.flush(), []);
    assert.deepEqual(parser.feed(Buffer.from('1~')), [{ kind: 'paste', text: 'a' }]);
  });

  it('reads the same however the bytes are cut', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\r',
        '\n',
        '\u001b',
        '\u001b[A',
        '\u001b]2;t\u0007',
        '\u001b[200~',
        '\u001b[201~',
        '👩‍👩‍👧',
        'é',
      ),
      fc.string({ unit: 'grapheme' }).map(paste),
    );
    const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), cuts, (pieces, lengths) => {
        const bytes = Buffer.from(pieces.join(''));
        assert.deepEqual(feedInPieces(bytes, lengths), joined(new InputParser().feed(bytes)));
      }),
    );
  });

  it('takes a paste of 100 kB in small chunks', () => {
    const text = 'línea $(x) `y`\n'.repeat(7_000);
    const events = feedInPieces(Buffer.from(paste(text)), [1021]);
    assert.deepEqual(events, [{ kind: 'paste', text }]);
  });
});

function typed(text: string): InputEvent {
  return { kind: 'text', text };
}

function paste(text: string): string {
  return `\u001b[200~${text}\u001b[201~`;
}

function feedInPieces(bytes: Buffer, lengths: readonly number[]): InputEvent[] {
  const parser = new InputParser();
  const events: InputEvent[] = [];
  for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
    const to = from + (lengths[turn % lengths.length] ?? 1);
    events.push(...parser.feed(bytes.subarray(from, to)));
    from = to;
  }
  return joined(events);
}

/** Texts that follow each other are one text: only where they were cut differs. */
function joined(events: readonly InputEvent[]): InputEvent[] {
  const result: InputEvent[] = [];
  for (const event of events) {
    const last = result.at(-1);
    if (event.kind === 'text' && last?.kind === 'text') {
      result[result.length - 1] = typed(last.text + event.text);
    } else {
      result.push(event);
    }
  }
  return result;
}
