import assert from 'node:assert/strict';
import { visibleText } from '../../../webview/shared/visibleText.ts';

describe('visibleText', () => {
  const cases: [string, string, string][] = [
    ['leaves lines and tabs', 'a\n\tb é 日本', 'a\n\tb é 日本'],
    ['shows what turns the direction', 'rm \u202Egnp.x', 'rm \\u202egnp.x'],
    ['shows what has no width', 'ls\u200B -l\uFEFF\u2060', 'ls\\u200b -l\\ufeff\\u2060'],
    ['shows control characters', 'a\u001B[2Kb\r', 'a\\u001b[2Kb\\u000d'],
    ['shows fillers that look like blanks', 'a\u3164b', 'a\\u3164b'],
  ];
  for (const [name, text, visible] of cases) it(name, () => assert.equal(visibleText(text), visible));
});
