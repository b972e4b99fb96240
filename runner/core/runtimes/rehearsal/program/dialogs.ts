import type { InputEvent } from './inputParser.ts';

export type Dialog =
  | { readonly kind: 'permission'; readonly tool: string; readonly command: string }
  | { readonly kind: 'question'; readonly text: string; readonly options: readonly string[] };

export type DialogState =
  | { readonly kind: 'open'; readonly typed: string }
  | { readonly kind: 'answered'; readonly answer: string }
  | { readonly kind: 'denied' };

/** What the screen shows when the dialog opens. */
export function dialogLines(dialog: Dialog): string[] {
  const head = dialog.kind === 'permission' ? `Allow ${dialog.tool}: ${dialog.command}?` : dialog.text;
  return [head, ...choices(dialog).map((choice, index) => `${index === 0 ? '❯' : ' '} ${index + 1}. ${choice}`)];
}

/** What the prompt line asks for while the dialog is open. */
export function dialogHint(dialog: Dialog): string {
  const first = choices(dialog)[0];
  const enter = first === undefined ? 'type an answer' : `Enter: 1. ${first}`;
  return `${enter}, Esc: ${dialog.kind === 'permission' ? 'no' : 'no answer'}`;
}

/**
 * The next state after one input event (text one character at a time). The first choice has the focus and Enter takes it,
 * also right after a paste, whose text the dialog swallows: real tools do this, and whoever sends text must know it.
 */
export function answerDialog(dialog: Dialog, typed: string, input: InputEvent): DialogState {
  switch (input.kind) {
    case 'escape':
    case 'ctrlC':
      return { kind: 'denied' };
    case 'enter':
      return enter(dialog, typed);
    case 'text':
      return character(dialog, typed, input.text);
    case 'paste':
      return open(acceptsPaste(dialog, typed) ? typed + input.text : typed);
    case 'newline':
      return open(typed === '' ? typed : `${typed}\n`);
    case 'backspace':
      return open([...typed].slice(0, -1).join(''));
    case 'ctrlU':
      return open('');
    case 'ctrlD':
      return open(typed);
  }
}

function enter(dialog: Dialog, typed: string): DialogState {
  if (typed !== '') return { kind: 'answered', answer: typed };
  const focused = choices(dialog)[0];
  return focused === undefined ? open('') : { kind: 'answered', answer: focused };
}

function character(dialog: Dialog, typed: string, text: string): DialogState {
  if (dialog.kind === 'permission') {
    if (text === '1') return { kind: 'answered', answer: 'Yes' };
    return text === '2' ? { kind: 'denied' } : open('');
  }
  const chosen = typed === '' && /^[1-9]$/.test(text) ? dialog.options[Number(text) - 1] : undefined;
  return chosen === undefined ? open(typed + text) : { kind: 'answered', answer: chosen };
}

function acceptsPaste(dialog: Dialog, typed: string): boolean {
  return dialog.kind === 'question' && (typed !== '' || dialog.options.length === 0);
}

function choices(dialog: Dialog): readonly string[] {
  return dialog.kind === 'permission' ? ['Yes', 'No'] : dialog.options;
}

function open(typed: string): DialogState {
  return { kind: 'open', typed };
}
