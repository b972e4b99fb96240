import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FrameReader, frame } from '../../../runner/client/frameReader.ts';

describe('frames of messages', () => {
  it('come out as they went in, wherever the stream cuts them', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), fc.array(fc.nat({ max: 40 })), (messages, cuts) => {
        const bytes = Buffer.from(messages.map(frame).join(''));
        const reader = new FrameReader();
        const read: unknown[] = [];
        let at = 0;
        for (const length of [...cuts, bytes.length]) {
          read.push(...reader.feed(bytes.subarray(at, at + length)));
          at += length;
        }
        assert.equal(JSON.stringify(read), JSON.stringify(messages));
      }),
    );
  });

  it('are counted in bytes, not in characters', () => {
    assert.equal(frame('é👍'), 'Content-Length: 8\r\n\r\n"é👍"');
  });

  it('may carry other headers, in any case', () => {
    const text = 'content-type: application/json\r\ncontent-length: 2\r\n\r\n{}';
    assert.deepEqual(new FrameReader().feed(Buffer.from(text)), [{}]);
  });

  it('are told from what is no frame', () => {
    for (const text of ['HTTP/1.1 400 Bad Request\r\n\r\n', 'Content-Length: x\r\n\r\n', 'y'.repeat(9_000)]) {
      assert.throws(() => new FrameReader().feed(Buffer.from(text)), /not framed/);
    }
  });
});
