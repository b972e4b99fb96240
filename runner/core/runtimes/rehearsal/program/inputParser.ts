type Key = 'enter' | 'newline' | 'escape' | 'backspace' | 'ctrlC' | 'ctrlD' | 'ctrlU';

export type InputEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'paste'; readonly text: string }
  | { [K in Key]: { readonly kind: K } }[Key];

const ESC = 0x1b;
const PASTE_START = '\u001b[200~';
const PASTE_END = Buffer.from('\u001b[201~');
// A control sequence longer than this is no key of any terminal.
const MAX_SEQUENCE_BYTES = 64;

const CONTROL_KEYS: Readonly<Record<number, Key>> = {
  3: 'ctrlC',
  4: 'ctrlD',
  8: 'backspace',
  10: 'newline',
  13: 'enter',
  21: 'ctrlU',
  127: 'backspace',
};

/**
 * Turns the bytes of a terminal into keys, text and pastes, however the bytes are cut into chunks.
 * Escape sequences it does not know are dropped. Pure but for its own buffer.
 */
export class InputParser {
  #mode: 'keys' | 'paste' | 'string' = 'keys';
  #rest: Buffer = Buffer.alloc(0);
  #pasted: Buffer[] = [];

  /** True while bytes that may be the Esc key or the start of a sequence wait for what follows; see `flush`. */
  get awaitsSequence(): boolean {
    return this.#mode === 'keys' && this.#rest[0] === ESC;
  }

  feed(chunk: Buffer): InputEvent[] {
    const events: InputEvent[] = [];
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = Buffer.alloc(0);
    let position = 0;
    while (position < bytes.length) {
      const next = this.#step(bytes, position, events);
      if (next === position) {
        // Copied, because a view would keep the whole chunk alive.
        this.#rest = Buffer.from(bytes.subarray(position));
        break;
      }
      position = next;
    }
    return events;
  }

  /** Nothing followed in time: a waiting ESC was the key, an unfinished sequence is dropped. */
  flush(): InputEvent[] {
    if (!this.awaitsSequence) return [];
    const wasKey = this.#rest.length === 1;
    this.#rest = Buffer.alloc(0);
    return wasKey ? [{ kind: 'escape' }] : [];
  }

  /** Consumes from `start` and returns the new position; the same position means that more bytes are needed. */
  #step(bytes: Buffer, start: number, events: InputEvent[]): number {
    if (this.#mode === 'paste') return this.#paste(bytes, start, events);
    if (this.#mode === 'string') return this.#skipString(bytes, start);
    const byte = bytes[start] ?? 0;
    if (byte === ESC) return this.#sequence(bytes, start, events);
    if (isControl(byte) && byte !== 9) {
      const kind = CONTROL_KEYS[byte];
      if (kind !== undefined) events.push({ kind });
      return start + 1;
    }
    return text(bytes, start, events);
  }

  #paste(bytes: Buffer, start: number, events: InputEvent[]): number {
    const end = bytes.indexOf(PASTE_END, start);
    if (end < 0) {
      // The last bytes may be the beginning of the end marker.
      const safe = Math.max(start, bytes.length - (PASTE_END.length - 1));
      if (safe > start) this.#pasted.push(Buffer.from(bytes.subarray(start, safe)));
      return safe;
    }
    this.#pasted.push(bytes.subarray(start, end));
    events.push({ kind: 'paste', text: Buffer.concat(this.#pasted).toString('utf8') });
    this.#pasted = [];
    this.#mode = 'keys';
    return end + PASTE_END.length;
  }

  /** Skips the body of an OSC, DCS or the like; any control character ends it, so that a stray Alt-] cannot swallow Enter. */
  #skipString(bytes: Buffer, start: number): number {
    let position = start;
    while (position < bytes.length && !isControl(bytes[position] ?? 0)) position += 1;
    if (position === bytes.length) return position;
    this.#mode = 'keys';
    return bytes[position] === 7 ? position + 1 : position;
  }

  #sequence(bytes: Buffer, start: number, events: InputEvent[]): number {
    const second = bytes[start + 1];
    if (second === undefined) return start;
    if (isControl(second) || second >= 0x80) {
      events.push({ kind: 'escape' });
      return start + 1;
    }
    const introducer = String.fromCharCode(second);
    if (']P_^X'.includes(introducer)) this.#mode = 'string';
    if (introducer === 'O') return bytes[start + 2] === undefined ? start : start + 3;
    if (introducer !== '[') return start + 2;
    let end = start + 2;
    while (end < bytes.length && isWithin(bytes[end] ?? 0, 0x20, 0x3f)) end += 1;
    if (end - start > MAX_SEQUENCE_BYTES) return end;
    if (end === bytes.length) return start;
    if (!isWithin(bytes[end] ?? 0, 0x40, 0x7e)) return end;
    if (bytes.toString('latin1', start, end + 1) === PASTE_START) this.#mode = 'paste';
    return end + 1;
  }
}

function text(bytes: Buffer, start: number, events: InputEvent[]): number {
  let end = start;
  while (end < bytes.length && (bytes[end] === 9 || !isControl(bytes[end] ?? 0))) end += 1;
  if (end === bytes.length) end -= unfinishedUtf8(bytes, start);
  if (end > start) events.push({ kind: 'text', text: bytes.toString('utf8', start, end) });
  return end;
}

/** How many bytes at the end begin a UTF-8 character whose rest has not arrived: 0 to 3. */
function unfinishedUtf8(bytes: Buffer, start: number): number {
  for (let back = 1; back <= 3 && bytes.length - back >= start; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isWithin(byte, 0x80, 0xbf)) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

function isControl(byte: number): boolean {
  return byte < 0x20 || byte === 0x7f;
}

function isWithin(byte: number, low: number, high: number): boolean {
  return byte >= low && byte <= high;
}
