import assert from 'node:assert/strict';
import { holds, Receipts } from '../../../runner/core/agents/receipts.ts';

describe('the receipt of a message', () => {
  const same: [what: string, prompt: string, text: string][] = [
    ['the very text', 'a\nb', 'a\nb'],
    ['it without the blanks around it', 'a', '  a \n'],
    ['it with line feeds', 'a\nb', 'a\r\nb'],
    ['it with spaces for tabs', 'a    b', 'a\tb'],
    ['it among others that waited as well', 'first\n\na\nb\n\nlast', 'a\nb'],
    ['one of several paragraphs', 'a\n\nb', 'a\n\nb'],
  ];
  for (const [what, prompt, text] of same) {
    it(`is ${what}`, () => assert.ok(holds(prompt, text)));
  }

  const others: [what: string, prompt: string, text: string][] = [
    ['a part of it', 'add', 'add tests'],
    ['a longer one', 'add tests for all', 'add tests'],
    ['a line of a paragraph', 'x\na\ny', 'a'],
  ];
  for (const [what, prompt, text] of others) {
    it(`is not ${what}`, () => assert.ok(!holds(prompt, text)));
  }

  it('comes to the message that waits for it, and to no other agent', async () => {
    const receipts = new Receipts({ now: () => new Date(), monotonicMs: () => 0, after: () => () => undefined });
    const { answer } = receipts.expect('agent-min-1', 'hello');
    receipts.notice('agent-min-2', 'hello', 'a wrong one');
    receipts.notice('agent-min-1', 'goodbye', 'a wrong one');
    receipts.notice('agent-min-1', 'hello', 'its hook');
    assert.deepEqual(await answer, { kind: 'arrived', proof: 'its hook' });
  });
});
