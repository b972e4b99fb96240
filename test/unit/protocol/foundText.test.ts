import assert from 'node:assert/strict';
import { matchesIn, patternOf, shownTexts } from '../../../runner/protocol/foundText.ts';

describe('what is looked for in a text', () => {
  const cases: [name: string, text: string, sought: string, found: string[]][] = [
    ['is found everywhere', 'one, two, one', 'one', ['one', 'one']],
    ['is found in capitals or not', 'Limit LIMIT limit ÄRGER', 'ärger', ['ÄRGER']],
    ['is no pattern', 'a.b axb [a.b] $& \\d 1', 'a.b', ['a.b', 'a.b']],
    [
      'is no pattern (2)',
      '(a|b)* [x] {2} ^$ + ? / \\d',
      '(a|b)* [x] {2} ^$ + ? / \\d',
      ['(a|b)* [x] {2} ^$ + ? / \\d'],
    ],
    ['overlaps with nothing', 'aaaa', 'aa', ['aa', 'aa']],
    ['is found where it stands though a letter before it is longer in small', 'İİ limit', 'limit', ['limit']],
    ['may be signs of two units', 'a 🎉 b 🎉', '🎉', ['🎉', '🎉']],
    ['is not found in half a sign', '🎉', '\ud83c', []],
  ];
  for (const [name, text, sought, found] of cases) {
    it(name, () => {
      assert.deepEqual(
        matchesIn(text, patternOf(sought)).map(({ start, end }) => text.slice(start, end)),
        found,
      );
    });
  }
});

describe('what a reader sees of an entry', () => {
  const long = Array.from({ length: 9 }, (_, index) => `line ${index}`).join('\n');
  const cases: [name: string, entry: Parameters<typeof shownTexts>[0], texts: string[]][] = [
    [
      'is what an agent says, without the fences of its code',
      { kind: 'agent', title: '', text: 'See:\n```ts\nlet a;\n```' },
      ['See:', 'let a;'],
    ],
    ['is the name of a tool and what it was given', { kind: 'tool', title: 'Bash', text: 'ls' }, ['Bash', 'ls']],
    ['is all of a result', { kind: 'result', title: 'Bash', text: '```\na' }, ['```\na']],
    ['is all of a long message', { kind: 'user', title: '', text: `${long}\n\`\`\`` }, [`${long}\n\`\`\``]],
    ['is a short message', { kind: 'user', title: '', text: ' Go on. ' }, ['Go on.']],
  ];
  for (const [name, entry, texts] of cases) {
    it(name, () => assert.deepEqual(shownTexts(entry), texts));
  }
});
