import assert from 'node:assert/strict';
import { geminiTyping } from '../../../../runner/core/runtimes/gemini/typing.ts';
import { recordedScreen } from './recordings.ts';

describe('typing into Gemini CLI', () => {
  it('pastes, and waits until Enter is no line break any more', () => {
    assert.deepEqual(geminiTyping.steps('one\n\ttwo\n!three'), [{ kind: 'paste', text: 'one\n\ttwo\n!three' }]);
    const [pause, enter] = geminiTyping.enter;
    assert.ok(pause?.kind === 'pause' && pause.ms >= 50);
    assert.deepEqual(enter, { kind: 'key', key: 'Enter' });
  });

  it('knows whether the composer shows the text', () => {
    const empty = recordedScreen('idle');
    const holding = (text: string) => empty.replace('Type your message or @path/to/file', text);
    const cases: [screen: string, text: string, shows: boolean][] = [
      [holding('do the one thing'), 'do the one thing', true],
      [holding('do the one\n   thing'), 'do the one thing\nand another', true],
      [holding('[Pasted Text: 12 lines]'), 'anything', true],
      [empty, 'do the one thing', false],
      [holding('something else'), 'do the one thing', false],
      [recordedScreen('permission'), 'touch r', false],
    ];
    for (const [screen, text, shows] of cases) assert.equal(geminiTyping.shows?.(screen, text), shows, text);
  });

  it('does not type what would be a command of the tool', () => {
    for (const text of ['/quit', ' /help me', '\n/mcp:list', '/', '/compress\nnow']) {
      assert.equal(geminiTyping.steps(text), undefined, JSON.stringify(text));
    }
  });

  it('types paths and whatever else only looks special', () => {
    for (const text of ['/etc/hosts is wrong', '!ls', '# title', '@README.md', '? what', 'a / b']) {
      assert.deepEqual(geminiTyping.steps(text)?.[0], { kind: 'paste', text });
    }
  });

  it('does not let a backslash at the end make Enter a line break', () => {
    assert.deepEqual(geminiTyping.steps('C:\\')?.[0], { kind: 'paste', text: 'C:\\ ' });
  });

  it('never empties the composer with a key that ends the tool', () => {
    const keys = new Set(geminiTyping.clear.map((step) => (step.kind === 'key' ? step.key : step.kind)));
    assert.deepEqual([...keys], ['C-u', 'BSpace']);
  });
});
