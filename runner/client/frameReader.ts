/** A header is some 30 bytes long; whoever sends more before a message speaks something else. */
const maxHeaderBytes = 8 * 1024;

const headerEnd = '\r\n\r\n';

/** One message as the Language Server Protocol frames it: `Content-Length: 17`, an empty line, 17 bytes of JSON. */
export function frame(message: unknown): string {
  const text = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(text)}${headerEnd}${text}`;
}

/** Puts messages together from the pieces in which a stream hands them out. */
export class FrameReader {
  private pieces: Buffer[] = [];
  private size = 0;
  /** With fewer bytes than this there is nothing new to see. */
  private wanted = 1;

  /** The messages that are complete now. @throws Error when the other side sends something else than frames of JSON. */
  feed(piece: Buffer): unknown[] {
    this.pieces.push(piece);
    this.size += piece.length;
    if (this.size < this.wanted) return [];
    let bytes = this.pieces.length === 1 ? piece : Buffer.concat(this.pieces);
    const messages: unknown[] = [];
    for (let found = readFrame(bytes); found !== undefined; found = readFrame(bytes)) {
      if (bytes.length < found.end) {
        this.wanted = found.end;
        break;
      }
      messages.push(JSON.parse(bytes.toString('utf8', found.start, found.end)));
      bytes = bytes.subarray(found.end);
      this.wanted = 1;
    }
    this.pieces = [bytes];
    this.size = bytes.length;
    return messages;
  }
}

/** Where the body of the first frame starts and ends; undefined while its header is not complete. */
function readFrame(bytes: Buffer): { start: number; end: number } | undefined {
  const at = bytes.indexOf(headerEnd);
  if (at < 0 && bytes.length <= maxHeaderBytes) return undefined;
  const header = bytes.toString('latin1', 0, Math.max(at, 0));
  const length = /^content-length: *(\d{1,10}) *$/im.exec(header)?.[1];
  if (length === undefined) throw new Error('what came over the socket is not framed by Content-Length');
  const start = at + headerEnd.length;
  return { start, end: start + Number(length) };
}
