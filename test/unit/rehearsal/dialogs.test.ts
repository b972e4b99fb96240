import assert from 'node:assert/strict';
import {
  answerDialog,
  type Dialog,
  type DialogState,
  dialogHint,
  dialogLines,
} from '../../../runner/core/runtimes/rehearsal/program/dialogs.ts';
import type { InputEvent } from '../../../runner/core/runtimes/rehearsal/program/inputParser.ts';

const permission: Dialog = { kind: 'permission', tool: 'Bash', command: 'npm test' };
const question: Dialog = { kind: 'question', text: 'Keep the BOM?', options: ['Keep', 'Drop'] };
const openQuestion: Dialog = { kind: 'question', text: 'Which name?', options: [] };

const enter: InputEvent = { kind: 'enter' };
const escapeKey: InputEvent = { kind: 'escape' };
const denied: DialogState = { kind: 'denied' };

describe('a dialog of the rehearsal', () => {
  const table: readonly (readonly [what: string, dialog: Dialog, inputs: readonly InputEvent[], DialogState])[] = [
    ['Enter allows', permission, [enter], answered('Yes')],
    ['1 allows', permission, [typed('1')], answered('Yes')],
    ['2 denies', permission, [typed('2')], denied],
    ['Esc denies', permission, [escapeKey], denied],
    ['C-c denies', permission, [{ kind: 'ctrlC' }], denied],
    ['other keys do nothing to a permission', permission, [typed('y'), { kind: 'ctrlD' }], open('')],
    ['a permission swallows a paste', permission, [pasted('no, never')], open('')],
    ['Enter after a paste allows, as real tools do', permission, [pasted('no, never'), enter], answered('Yes')],
    ['Enter takes the first option', question, [enter], answered('Keep')],
    ['a digit takes its option', question, [typed('2')], answered('Drop')],
    ['a digit without an option is free text', question, [typed('9'), enter], answered('9')],
    ['free text answers', question, [typed('a'), typed('2'), enter], answered('a2')],
    ['free text can be corrected', question, [typed('a'), { kind: 'backspace' }, enter], answered('Keep')],
    ['free text can be cleared', question, [typed('a'), { kind: 'ctrlU' }], open('')],
    ['a question with options swallows a paste', question, [pasted('Drop'), enter], answered('Keep')],
    ['free text takes a paste', question, [typed('a'), pasted('\nb'), enter], answered('a\nb')],
    ['an open question takes a paste', openQuestion, [pasted('parseCsv'), enter], answered('parseCsv')],
    ['an open question waits for an answer', openQuestion, [enter], open('')],
    ['Esc gives no answer', question, [escapeKey], denied],
  ];
  for (const [what, dialog, inputs, expected] of table) {
    it(`${what}`, () => {
      let state: DialogState = open('');
      for (const input of inputs) {
        if (state.kind === 'open') state = answerDialog(dialog, state.typed, input);
      }
      assert.deepEqual(state, expected);
    });
  }

  it('shows its choices, the first one focused', () => {
    assert.deepEqual(dialogLines(permission), ['Allow Bash: npm test?', '❯ 1. Yes', '  2. No']);
    assert.deepEqual(dialogLines(question), ['Keep the BOM?', '❯ 1. Keep', '  2. Drop']);
    assert.equal(dialogHint(permission), 'Enter: 1. Yes, Esc: no');
    assert.equal(dialogHint(openQuestion), 'type an answer, Esc: no answer');
  });
});

function typed(text: string): InputEvent {
  return { kind: 'text', text };
}

function pasted(text: string): InputEvent {
  return { kind: 'paste', text };
}

function answered(answer: string): DialogState {
  return { kind: 'answered', answer };
}

function open(text: string): DialogState {
  return { kind: 'open', typed: text };
}
