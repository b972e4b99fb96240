import { addPasted, addTyped, type Composer, composedText, EMPTY_COMPOSER, removeLast, shownText } from './composer.ts';
import { answerDialog, type Dialog, dialogHint, dialogLines } from './dialogs.ts';
import type { InputEvent } from './inputParser.ts';
import type { Screen } from './screen.ts';

/** What a person can do at the prompt line. */
export interface PromptActions {
  interrupt(): void;
  leave(): void;
  submit(text: string): void;
}

interface OpenDialog {
  readonly dialog: Dialog;
  readonly resolve: (answer: string | null) => void;
  typed: string;
}

/** The last line of the screen: what is typed there becomes prompts, or the answer while a dialog is open. */
export class PromptLine {
  readonly #actions: PromptActions;
  readonly #screen: Screen;
  #composer: Composer = EMPTY_COMPOSER;
  #dialog: OpenDialog | null = null;
  #isDeaf = false;
  #oneMoreCtrlCLeaves = false;

  constructor(screen: Screen, actions: PromptActions) {
    this.#screen = screen;
    this.#actions = actions;
  }

  get asks(): boolean {
    return this.#dialog !== null;
  }

  /** Takes the events of one piece of input, in order. */
  take(events: readonly InputEvent[]): void {
    for (const event of events) {
      const isSeveral = event.kind === 'text' && this.#dialog !== null;
      // One character may close the dialog; the next ones are then typed at the prompt.
      if (isSeveral) for (const text of event.text) this.#takeOne({ kind: 'text', text });
      else this.#takeOne(event);
    }
  }

  /** Opens a dialog. Resolves to the answer, or to null when it is denied or nobody can answer any more. */
  ask(dialog: Dialog): Promise<string | null> {
    this.#screen.print(dialogLines(dialog).join('\n'));
    if (this.#isDeaf) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#dialog = { dialog, resolve, typed: '' };
    });
  }

  /** The open dialog was answered elsewhere. */
  dismiss(): void {
    this.#closeDialog(null);
  }

  /** Nobody will type any more: an open dialog, and every later one, is denied. */
  endInput(): void {
    this.#isDeaf = true;
    this.#closeDialog(null);
  }

  draw(): void {
    if (this.#dialog === null) this.#screen.prompt('', shownText(this.#composer));
    else this.#screen.prompt(`(${dialogHint(this.#dialog.dialog)}) `, this.#dialog.typed);
  }

  #takeOne(event: InputEvent): void {
    if (this.#dialog !== null) {
      this.#takeForDialog(this.#dialog, event);
      return;
    }
    const leaves = this.#oneMoreCtrlCLeaves;
    this.#oneMoreCtrlCLeaves = false;
    switch (event.kind) {
      case 'enter':
        this.#submit();
        return;
      case 'escape':
        this.#actions.interrupt();
        return;
      case 'ctrlC':
        this.#ctrlC(leaves);
        return;
      case 'ctrlD':
        if (this.#composer.length === 0) this.#actions.leave();
        return;
      default:
        this.#composer = edited(this.#composer, event);
    }
  }

  #takeForDialog(open: OpenDialog, event: InputEvent): void {
    const state = answerDialog(open.dialog, open.typed, event);
    if (state.kind === 'open') open.typed = state.typed;
    else this.#closeDialog(state.kind === 'answered' ? state.answer : null);
  }

  #closeDialog(answer: string | null): void {
    const open = this.#dialog;
    this.#dialog = null;
    open?.resolve(answer);
  }

  #submit(): void {
    const text = composedText(this.#composer);
    this.#composer = EMPTY_COMPOSER;
    if (text !== '') this.#actions.submit(text);
  }

  #ctrlC(leaves: boolean): void {
    if (this.#composer.length > 0) {
      this.#composer = EMPTY_COMPOSER;
    } else if (leaves) {
      this.#actions.leave();
    } else {
      this.#oneMoreCtrlCLeaves = true;
      this.#screen.print('Ctrl-C once more ends the rehearsal.');
    }
  }
}

type EditEvent = Exclude<InputEvent, { readonly kind: 'enter' | 'escape' | 'ctrlC' | 'ctrlD' }>;

function edited(composer: Composer, event: EditEvent): Composer {
  switch (event.kind) {
    case 'text':
      return addTyped(composer, event.text);
    case 'paste':
      return addPasted(composer, event.text);
    case 'newline':
      return addTyped(composer, '\n');
    case 'backspace':
      return removeLast(composer);
    case 'ctrlU':
      return EMPTY_COMPOSER;
  }
}
