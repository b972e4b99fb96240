import type { ReadStream } from 'node:tty';
import { type InputEvent, InputParser } from './inputParser.ts';

interface KeyReader {
  endInput(): void;
  input(events: readonly InputEvent[]): void;
}

type Input = Pick<ReadStream, 'on' | 'setRawMode'> & { readonly isTTY?: boolean };

// Terminals send a sequence in one write; what is alone for this long was the Esc key.
const ESCAPE_ALONE_MS = 50;

/** Reads keys from the program's input, raw when it is a terminal; from a pipe, a newline is Enter. */
export function readKeys(input: Input, reader: KeyReader): void {
  const parser = new InputParser();
  const isTerminal = input.isTTY === true;
  let escapeTimer: NodeJS.Timeout | undefined;
  const take = (events: readonly InputEvent[]) => {
    if (events.length > 0) reader.input(isTerminal ? events : events.map(newlineIsEnter));
  };
  // After a late timer, input that is already there is read before it is decided (setImmediate runs after polling).
  const flushSoon = () =>
    setImmediate(() => {
      if (escapeTimer !== undefined) take(parser.flush());
    });
  if (isTerminal) input.setRawMode(true);
  input.on('data', (chunk: Buffer) => {
    clearTimeout(escapeTimer);
    escapeTimer = undefined;
    take(parser.feed(chunk));
    if (parser.awaitsSequence) escapeTimer = setTimeout(flushSoon, ESCAPE_ALONE_MS);
  });
  input.on('end', () => reader.endInput());
  // A terminal that vanishes is an error on some systems and an end on others.
  input.on('error', () => reader.endInput());
}

function newlineIsEnter(event: InputEvent): InputEvent {
  return event.kind === 'newline' ? { kind: 'enter' } : event;
}
