interface Piece {
  readonly text: string;
  readonly pasted: boolean;
}

/** What is typed and not yet sent. Pasted text is kept as it came; a long paste only looks folded. */
export type Composer = readonly Piece[];

export const EMPTY_COMPOSER: Composer = [];

// As the real tools do: a paste of more than three lines is shown as one mark.
const FOLD_ABOVE_LINES = 3;

// About a screenful; more would scroll everything else away.
const SHOWN_CHARACTERS = 2_000;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export function addTyped(composer: Composer, text: string): Composer {
  const last = composer.at(-1);
  if (last === undefined || last.pasted) return [...composer, { text, pasted: false }];
  return [...composer.slice(0, -1), { text: last.text + text, pasted: false }];
}

export function addPasted(composer: Composer, text: string): Composer {
  return text === '' ? composer : [...composer, { text, pasted: true }];
}

/** Takes the last character away, or the whole of a folded paste. */
export function removeLast(composer: Composer): Composer {
  const last = composer.at(-1);
  if (last === undefined) return composer;
  const before = composer.slice(0, -1);
  const text = isFolded(last) ? '' : withoutLastGrapheme(last.text);
  return text === '' ? before : [...before, { ...last, text }];
}

/** The exact text that Enter sends. */
export function composedText(composer: Composer): string {
  return composer.map((piece) => piece.text).join('');
}

/** The text as the prompt line shows it (control characters not yet removed). */
export function shownText(composer: Composer): string {
  return composer.map((piece) => (isFolded(piece) ? foldedMark(piece.text) : piece.text)).join('');
}

/** A text as the screen repeats it: itself when it is short, else a mark. */
export function foldedPrompt(text: string): string {
  if (text.length > SHOWN_CHARACTERS && countLines(text) <= FOLD_ABOVE_LINES) return `[${text.length} characters]`;
  return shownText([{ text, pasted: true }]);
}

function isFolded(piece: Piece): boolean {
  return piece.pasted && countLines(piece.text) > FOLD_ABOVE_LINES;
}

function foldedMark(text: string): string {
  return `[pasted ${countLines(text)} lines]`;
}

function countLines(text: string): number {
  return text.split(/\r\n|\r|\n/).length;
}

function withoutLastGrapheme(text: string): string {
  // A grapheme is short; looking at the end only keeps Backspace quick in a long text.
  const tail = text.slice(-64);
  const last = [...graphemes.segment(tail)].at(-1);
  return last === undefined ? '' : text.slice(0, text.length - last.segment.length);
}
