import { IssueFault } from './issueFault.ts';

/** An issue's file in its parts. Everything that is not front matter stays bytes, so that an edit keeps it exactly. */
export interface IssueParts {
  /** The front matter between its `---` lines with line feeds only; null when the file has none. */
  yaml: string | null;
  /** How the front matter ends its lines. */
  lineEnd: '\n' | '\r\n';
  /** Starts with a byte order mark. */
  marked: boolean;
  /** All bytes after the closing line, or the whole file when it has no front matter. */
  rest: Buffer;
}

/** Largest front matter that is parsed, in bytes: 16 kB of the most hostile YAML take 0.1 s. */
const maxFrontMatter = 16 * 1024;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** @throws IssueFault when front matter begins and does not end, is too long, or is not UTF-8. */
export function splitIssue(bytes: Buffer): IssueParts {
  const marked = bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark);
  const content = marked ? bytes.subarray(byteOrderMark.length) : bytes;
  const opening = lineAt(content, 0);
  if (!isDelimiter(opening)) {
    return { yaml: null, lineEnd: content.includes('\r\n') ? '\r\n' : '\n', marked, rest: content };
  }
  for (let start = opening.next; start < content.length && start <= maxFrontMatter; ) {
    const line = lineAt(content, start);
    if (isDelimiter(line)) {
      const yaml = decode(content.subarray(opening.next, start)).replaceAll('\r\n', '\n');
      return { yaml, lineEnd: opening.crlf ? '\r\n' : '\n', marked, rest: content.subarray(line.next) };
    }
    start = line.next;
  }
  const tooLong = content.length > maxFrontMatter;
  throw new IssueFault(
    tooLong ? 'the front matter does not end within 16 kB' : 'the front matter does not end with a --- line',
    1,
  );
}

export function joinIssue(parts: IssueParts & { yaml: string }): Buffer {
  const yaml = parts.lineEnd === '\n' ? parts.yaml : parts.yaml.replaceAll('\n', '\r\n');
  const head = `---${parts.lineEnd}${yaml}---${parts.lineEnd}`;
  return Buffer.concat([parts.marked ? byteOrderMark : Buffer.alloc(0), Buffer.from(head), parts.rest]);
}

/** The body: what follows the front matter and one empty line. */
export function bodyBytes(parts: IssueParts): Buffer {
  if (parts.yaml === null) return parts.rest;
  const first = lineAt(parts.rest, 0);
  return first.text === '' ? parts.rest.subarray(first.next) : parts.rest;
}

interface Line {
  /** Undefined for a line that is too long to be a delimiter. */
  text: string | undefined;
  crlf: boolean;
  /** Where the next line starts. */
  next: number;
}

function isDelimiter(line: Line): boolean {
  return line.text?.trimEnd() === '---';
}

function lineAt(bytes: Buffer, start: number): Line {
  const found = bytes.indexOf('\n', start);
  const end = found === -1 ? bytes.length : found;
  const crlf = found > start && bytes[found - 1] === 0x0d;
  const line = bytes.subarray(start, crlf ? end - 1 : end);
  return {
    text: line.length <= 16 ? line.toString('latin1') : undefined,
    crlf,
    next: found === -1 ? bytes.length : found + 1,
  };
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new IssueFault('the front matter is not UTF-8 text', 1);
  }
}
