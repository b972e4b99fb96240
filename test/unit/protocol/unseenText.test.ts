import assert from 'node:assert/strict';
import { plainLine } from '../../../extension/src/commands/plainText.ts';
import { isBrief } from '../../../runner/core/requests/brief.ts';
import { showUnseen } from '../../../runner/protocol/unseenText.ts';

describe('text with characters that are not seen', () => {
  const cases: [string, string, string][] = [
    ['leaves lines, tabs and letters', 'a\n\tb é 日本', 'a\n\tb é 日本'],
    ['leaves marks on letters', 'e\u0301', 'e\u0301'],
    [
      'leaves what gives a pictograph its colours',
      'mind \u26a0\ufe0f and \u2764\ufe0f',
      'mind \u26a0\ufe0f and \u2764\ufe0f',
    ],
    ['shows what turns the direction', 'rm \u202Egnp.x', 'rm \\u202egnp.x'],
    ['shows what has no width', 'ls\u200B -l\uFEFF\u2060', 'ls\\u200b -l\\ufeff\\u2060'],
    ['shows control characters', 'a\u001B[2Kb\r', 'a\\u001b[2Kb\\u000d'],
    ['shows fillers that look like blanks', 'a\u3164b', 'a\\u3164b'],
    ['shows half of a character', 'a\ud800b', 'a\\ud800b'],
  ];
  for (const [name, text, shown] of cases) it(name, () => assert.equal(showUnseen(text), shown));

  const codes = [
    0xa0, 0xad, 0x34f, 0x115f, 0x1160, 0x17b4, 0x180b, 0x2028, 0x2065, 0x2800, 0x3000, 0xe000, 0xfe0e, 0xfe0f, 0xffa0,
    0xe0041, 0xe0100,
  ];
  for (const code of codes) {
    it(`shows U+${code.toString(16)} in cards and rows alike, and is not brief with it`, () => {
      const command = `rm x${String.fromCodePoint(code)}y`;
      const shown = `rm x\\u${code.toString(16).padStart(4, '0')}y`;
      assert.deepEqual([showUnseen(command), plainLine(command), isBrief(command)], [shown, shown, false]);
    });
  }
});
