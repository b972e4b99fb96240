import type { TranscriptFile } from './openTranscript.ts';

/** Where reading goes on: in which file, and at which byte a line begins. */
export interface LinePosition {
  /** Null before the file was ever seen. */
  identity: string | null;
  offset: number;
}

export interface LineHandler {
  /** The file shrank or is another one now: what comes is read from its beginning. */
  onRestart(): void;
  /** One complete line without its line feed; the next one begins at byte `end`. */
  onLine(line: string, end: number): void;
}

export interface LineLimits {
  /** Bytes that are read at a time. */
  chunkBytes: number;
  /** A longer line is skipped. */
  maxLineBytes: number;
}

/** Lines of Claude Code 2.1.330 that hold a whole request of a long conversation reach some MB. */
const usualLimits: LineLimits = { chunkBytes: 256 * 1024, maxLineBytes: 16 * 1024 * 1024 };
const lineFeed = 0x0a;

/** Reads a growing file line by line and no byte twice. A line that is half written waits for its end. */
export class LineReader {
  /** Lines that were longer than the limit. */
  skipped = 0;
  private readonly limits: LineLimits;
  private identity: string | null;
  /** Where the next chunk begins. */
  private next: number;
  /** The begun line, in pieces; its bytes lie before `next`. */
  private begun: Buffer[] = [];
  private begunBytes = 0;
  /** The begun line is too long: its rest is thrown away. */
  private skipping = false;

  constructor(start: LinePosition, limits: LineLimits = usualLimits) {
    this.limits = limits;
    this.identity = start.identity;
    this.next = start.offset;
  }

  get position(): LinePosition {
    return { identity: this.identity, offset: this.next - this.begunBytes };
  }

  /** Takes what the file has beyond the position, up to the size that it was opened with. */
  async readOn(file: TranscriptFile, handler: LineHandler, signal?: AbortSignal): Promise<void> {
    this.check(file, handler);
    const buffer = Buffer.allocUnsafe(Math.min(this.limits.chunkBytes, Math.max(file.size - this.next, 0)));
    while (this.next < file.size && signal?.aborted !== true) {
      const wanted = Math.min(buffer.length, file.size - this.next);
      const bytes = await file.read(buffer.subarray(0, wanted), this.next);
      if (bytes === 0) return;
      this.take(buffer.subarray(0, bytes), handler);
    }
  }

  private check(file: TranscriptFile, handler: LineHandler): void {
    const isAnother = this.identity !== null && this.identity !== file.identity;
    if (isAnother || file.size < this.next) {
      this.next = 0;
      this.forgetBegun();
      this.skipping = false;
      handler.onRestart();
    }
    this.identity = file.identity;
  }

  private take(chunk: Buffer, handler: LineHandler): void {
    const start = this.next;
    this.next += chunk.length;
    let from = 0;
    for (let to = chunk.indexOf(lineFeed); to !== -1; to = chunk.indexOf(lineFeed, from)) {
      this.endLine(chunk.subarray(from, to), start + to + 1, handler);
      from = to + 1;
    }
    this.begin(chunk.subarray(from));
  }

  private endLine(rest: Buffer, end: number, handler: LineHandler): void {
    const bytes = this.begunBytes + rest.length;
    const isTooLong = this.skipping || bytes > this.limits.maxLineBytes;
    const line = isTooLong ? '' : Buffer.concat([...this.begun, rest], bytes).toString('utf8');
    this.forgetBegun();
    this.skipping = false;
    if (isTooLong) this.skipped += 1;
    handler.onLine(line, end);
  }

  /** Keeps a copy: the chunk's memory is used again. */
  private begin(rest: Buffer): void {
    if (this.skipping || rest.length === 0) return;
    if (this.begunBytes + rest.length > this.limits.maxLineBytes) {
      this.skipping = true;
      this.forgetBegun();
      return;
    }
    this.begun.push(Buffer.from(rest));
    this.begunBytes += rest.length;
  }

  private forgetBegun(): void {
    this.begun = [];
    this.begunBytes = 0;
  }
}
