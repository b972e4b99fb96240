import { literal } from './literal.ts';

/** A key by tmux's name for it, or text as if typed on a keyboard. */
export type Stroke = { kind: 'key'; key: string } | { kind: 'type'; text: string };

/** tmux takes about 16 kB in one message (3.3a); the rest of a command and its target come on top. */
const maxCommandBytes = 8_000;
/** A long text is typed in pieces. */
const maxPiece = 2_000;

/** The `send-keys` commands that type these strokes in order; each is the words of one call of tmux. */
export function strokeCommands(strokes: readonly Stroke[], target: string): string[][] {
  const commands: string[][] = [];
  let words: string[] = [];
  let bytes = 0;
  for (const command of strokes.flatMap((stroke) => sendKeys(stroke, target))) {
    const size = command.reduce((sum, word) => sum + Buffer.byteLength(word) + 1, 0);
    if (words.length > 0 && bytes + size > maxCommandBytes) {
      commands.push(words);
      words = [];
      bytes = 0;
    }
    words.push(...(words.length > 0 ? [';'] : []), ...command);
    bytes += size;
  }
  return words.length > 0 ? [...commands, words] : commands;
}

function sendKeys(stroke: Stroke, target: string): string[][] {
  if (stroke.kind === 'key') return [['send-keys', '-t', target, stroke.key]];
  return pieces(stroke.text).map((text) => ['send-keys', '-t', target, '-l', '--', literal(text)]);
}

/** By code points, so that no character is cut in two. */
function pieces(text: string): string[] {
  const characters = [...text];
  const found: string[] = [];
  for (let start = 0; start < characters.length; start += maxPiece) {
    found.push(characters.slice(start, start + maxPiece).join(''));
  }
  return found;
}
