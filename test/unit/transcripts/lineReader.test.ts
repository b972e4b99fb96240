import assert from 'node:assert/strict';
import { type LineHandler, LineReader } from '../../../runner/core/transcripts/lineReader.ts';
import type { TranscriptFile } from '../../../runner/core/transcripts/openTranscript.ts';

describe('the line reader', () => {
  let seen: [string, number][];
  let restarts: number;
  const handler: LineHandler = {
    onRestart: () => {
      restarts += 1;
    },
    onLine: (line, end) => seen.push([line, end]),
  };

  beforeEach(() => {
    seen = [];
    restarts = 0;
  });

  const start = { identity: null, offset: 0 };
  const small = { chunkBytes: 4, maxLineBytes: 10 };

  it('yields complete lines with the byte after them, whatever the size of the chunks', async () => {
    for (const chunkBytes of [1, 2, 3, 7, 1000]) {
      seen = [];
      await new LineReader(start, { chunkBytes, maxLineBytes: 1000 }).readOn(fileOf('añb\n\nccc\n'), handler);
      assert.deepEqual(seen, [
        ['añb', 5],
        ['', 6],
        ['ccc', 10],
      ]);
    }
  });

  it('lets a half-written line wait for its end and reads no byte twice', async () => {
    const reader = new LineReader(start, small);
    const first = fileOf('one\ntw');
    await reader.readOn(first, handler);
    assert.deepEqual(reader.position, { identity: '1:1', offset: 4 });
    const second = fileOf('one\ntwo\n');
    await reader.readOn(second, handler);
    assert.deepEqual(seen, [
      ['one', 4],
      ['two', 8],
    ]);
    assert.equal(first.bytesRead + second.bytesRead, 8);
  });

  it('skips a line that is too long, counts it, and takes the next', async () => {
    const reader = new LineReader(start, small);
    await reader.readOn(fileOf('0123456789\n01234567890\nok\n'), handler);
    assert.deepEqual(seen, [
      ['0123456789', 11],
      ['', 23],
      ['ok', 26],
    ]);
    assert.equal(reader.skipped, 1);
  });

  it('keeps nothing of a line that is too long while it is written', async () => {
    const reader = new LineReader(start, small);
    await reader.readOn(fileOf('01234567890123'), handler);
    await reader.readOn(fileOf('01234567890123456\nok\n'), handler);
    assert.deepEqual(seen, [
      ['', 18],
      ['ok', 21],
    ]);
  });

  it('begins anew when the file shrank or is another one', async () => {
    const reader = new LineReader({ identity: '1:1', offset: 100 });
    await reader.readOn(fileOf('a\n'), handler);
    await reader.readOn(fileOf('bb\ncc\n', '1:2'), handler);
    assert.deepEqual(
      seen.map(([line]) => line),
      ['a', 'bb', 'cc'],
    );
    assert.equal(restarts, 2);
  });

  it('goes on at the given byte', async () => {
    const file = fileOf('one\ntwo\n');
    await new LineReader({ identity: '1:1', offset: 4 }).readOn(file, handler);
    assert.deepEqual(seen, [['two', 8]]);
    assert.equal(file.bytesRead, 4);
  });

  it('stops between two chunks when it is told to', async () => {
    const ending = new AbortController();
    const stopping = { ...handler, onLine: () => ending.abort() };
    const file = fileOf('1\n2\n3\n4\n5\n6\n');
    await new LineReader(start, small).readOn(file, stopping, ending.signal);
    assert.equal(file.bytesRead, 4);
  });
});

function fileOf(text: string, identity = '1:1'): TranscriptFile & { bytesRead: number } {
  const bytes = Buffer.from(text);
  const file = {
    identity,
    size: bytes.length,
    modifiedAt: new Date(0),
    bytesRead: 0,
    read: async (buffer: Uint8Array, position: number) => {
      const part = bytes.subarray(position, position + buffer.length);
      buffer.set(part);
      file.bytesRead += part.length;
      return part.length;
    },
    close: async () => undefined,
  };
  return file;
}
