import assert from 'node:assert/strict';
import { claudeTyping } from '../../../../runner/core/runtimes/claude/claudeTyping.ts';
import type { TypingStep } from '../../../../runner/core/runtimes/runtimeBehaviour.ts';

describe('typing to Claude Code', () => {
  for (const [text, typed] of [
    ['please add tests', 'please add tests '],
    ['two\nlines', 'two⏎lines '],
    ['a\r\n\r\nb', 'a⏎⏎b '],
    ['!ls is text', ' !ls is text '],
    ['?', ' ? '],
    ['/help', 'My message, word for word:⏎⏎/help '],
    ['  /help', 'My message, word for word:⏎⏎  /help '],
    ['# title', '# title '],
    ['see @README.md', 'see @README.md '],
    ['ends with \\', 'ends with \\ '],
    ['a\tb', 'a    b '],
    ['one\n/two\n!three', 'one⏎/two⏎!three '],
  ] as const) {
    it(`types ${JSON.stringify(text)} so that it is a message`, () => {
      assert.equal(shown(claudeTyping.steps(text) ?? []), typed);
    });
  }

  it('types long texts in bursts that are not taken for pastes, whole characters in each', () => {
    const text = `${'ä'.repeat(900)}\n${'👩‍👩‍👧'.repeat(100)}\n${'line\n'.repeat(300)}`;
    const steps = claudeTyping.steps(text) ?? [];
    assert.equal(shown(steps), `${text.replaceAll('\n', '⏎')} `);
    const bursts = burstsOf(steps);
    assert.ok(bursts.length > 8);
    assert.ok(bursts.every((burst) => burst.length <= 200));
    assert.ok(bursts.every((burst) => !/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(burst)));
  });

  it('leaves what would take long to a file', () => {
    assert.equal(claudeTyping.steps('x'.repeat(5_001)), undefined);
  });
});

function shown(steps: readonly TypingStep[]): string {
  return steps.map(textOf).join('');
}

function burstsOf(steps: readonly TypingStep[]): string[] {
  const bursts = [''];
  for (const step of steps) {
    if (step.kind === 'pause') bursts.push('');
    else bursts.push(`${bursts.pop() ?? ''}${textOf(step)}`);
  }
  return bursts;
}

function textOf(step: TypingStep): string {
  if (step.kind === 'type' || step.kind === 'paste') return step.text;
  return step.kind === 'key' && step.key === 'C-j' ? '⏎' : '';
}
