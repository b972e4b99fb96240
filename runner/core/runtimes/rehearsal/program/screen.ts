import { printableText } from './printableText.ts';

export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export type Activity = 'idle' | 'working' | 'waiting';

const BRACKETED_PASTE_ON = '\u001b[?2004h';
const BRACKETED_PASTE_OFF = '\u001b[?2004l';
const CLEAR_LINE = '\r\u001b[K';

/** A plain screen: lines, and below them one prompt line that is drawn anew. Whatever it shows is made printable first. */
export class Screen {
  readonly #output: Output;
  #promptLine = '';
  #activity: Activity | null = null;

  constructor(output: Output) {
    this.#output = output;
  }

  open(): void {
    this.#control(BRACKETED_PASTE_ON);
  }

  close(): void {
    this.#control(`${CLEAR_LINE}${BRACKETED_PASTE_OFF}`);
  }

  /** Prints lines above the prompt line. */
  print(text: string): void {
    const shown = printableText(text);
    this.#output.write(this.#output.isTTY === true ? `${CLEAR_LINE}${shown}\n${this.#promptLine}` : `${shown}\n`);
  }

  /** Draws the prompt line: a label, and the end of the text as far as it fits on one row. */
  prompt(label: string, text: string): void {
    const start = `rehearsal ${printableText(label)}> `;
    const room = Math.max(1, (this.#output.columns ?? 80) - width(start) - 1);
    this.#promptLine = start + tail(printableText(text).replaceAll('\n', '↵'), room);
    this.#control(CLEAR_LINE + this.#promptLine);
  }

  /** Says in the terminal's title (OSC 2) what the program is doing. */
  title(activity: Activity): void {
    if (activity === this.#activity) return;
    this.#activity = activity;
    this.#control(`\u001b]2;rehearsal: ${activity}\u0007`);
  }

  #control(sequence: string): void {
    if (this.#output.isTTY === true) this.#output.write(sequence);
  }
}

function tail(text: string, room: number): string {
  // A character takes a column at least, except combining ones, which then only cost some of the room.
  const characters = [...text.slice(-2 * room)];
  let used = 0;
  let from = characters.length;
  while (from > 0) {
    used += width(characters[from - 1] ?? '');
    if (used > room) break;
    from -= 1;
  }
  return characters.slice(from).join('');
}

/** Columns at most: everything from Hangul Jamo on counts two, so that the prompt line never wraps. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
  return columns;
}
