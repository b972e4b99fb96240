import assert from 'node:assert/strict';
import fc from 'fast-check';
import { strokeCommands } from '../../../runner/core/tmux/strokes.ts';

const target = '=agent-min-1:';

/** What tmux would type: the texts of all commands, keys in angle brackets. */
function typed(commands: string[][]): string {
  const words = commands.flatMap((command) => [...command, ';']);
  let text = '';
  for (let at = 0; at < words.length; ) {
    assert.deepEqual(words.slice(at, at + 3), ['send-keys', '-t', target]);
    const isText = words[at + 3] === '-l';
    const word = words[at + (isText ? 5 : 3)] ?? '';
    text += isText ? word.replace(/\\;$/, ';') : `<${word}>`;
    at += isText ? 7 : 5;
  }
  return text;
}

describe('typing into a terminal', () => {
  it('needs one command for lines with keys between them', () => {
    const strokes = [
      { kind: 'type', text: 'first;' },
      { kind: 'key', key: 'C-j' },
      { kind: 'type', text: '-second' },
    ] as const;
    assert.deepEqual(strokeCommands(strokes, target), [
      [
        ...['send-keys', '-t', target, '-l', '--', 'first\\;', ';'],
        ...['send-keys', '-t', target, 'C-j', ';'],
        ...['send-keys', '-t', target, '-l', '--', '-second'],
      ],
    ]);
  });

  it('is nothing for nothing', () => {
    assert.deepEqual(strokeCommands([], target), []);
    assert.deepEqual(strokeCommands([{ kind: 'type', text: '' }], target), []);
  });

  it('loses and doubles nothing, and no command is longer than tmux takes', () => {
    const stroke = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 9_000, size: 'max' }).map((text) => ({ kind: 'type', text }) as const),
      fc.constant({ kind: 'key', key: 'C-j' } as const),
    );
    fc.assert(
      fc.property(fc.array(stroke, { maxLength: 20 }), (strokes) => {
        const commands = strokeCommands(strokes, target);
        const expected = strokes.map((each) => (each.kind === 'key' ? `<${each.key}>` : each.text)).join('');
        assert.equal(typed(commands), expected);
        for (const command of commands) assert.ok(Buffer.byteLength(command.join(' ')) < 16_000);
      }),
      { numRuns: 60 },
    );
  });
});
