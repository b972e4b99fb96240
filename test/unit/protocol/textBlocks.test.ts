import assert from 'node:assert/strict';
import { textBlocks } from '../../../runner/protocol/textBlocks.ts';

describe('textBlocks', () => {
  const cases: [string, string, [string, string][]][] = [
    ['leaves text alone', 'One\n\n**two**', [['text', 'One\n\n**two**']]],
    [
      'sets code apart',
      'See:\n```ts\na\n\n  b\n```\nDone.',
      [
        ['text', 'See:'],
        ['code', 'a\n\n  b'],
        ['text', 'Done.'],
      ],
    ],
    ['takes what is not closed for code', '```\na', [['code', 'a']]],
    [
      'closes only with as long a fence',
      '````\n```\na\n```\n````\nb',
      [
        ['code', '```\na\n```'],
        ['text', 'b'],
      ],
    ],
    ['knows tildes', '~~~\na\n~~~', [['code', 'a']]],
    ['does not take code within a line for a fence', '```a``` b', [['text', '```a``` b']]],
    ['says nothing of nothing', '\n\n', []],
  ];
  for (const [name, text, blocks] of cases) {
    it(name, () => {
      assert.deepEqual(
        textBlocks(text).map((block) => [block.isCode ? 'code' : 'text', block.text]),
        blocks,
      );
    });
  }
});
