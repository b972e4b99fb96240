import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { geminiTranscript } from '../../../runner/core/runtimes/gemini/transcript.ts';
import { TranscriptService } from '../../../runner/core/transcripts/transcriptService.ts';
import { UserError } from '../../../runner/protocol/errors.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { lines, madeUpFormat } from './madeUpFormat.ts';
import { openCounting } from './openCounting.ts';

describe('reading a transcript', () => {
  const folder = useTempFolder();
  let service: TranscriptService;
  let bytesRead: number;

  const transcript = () => path.join(folder(), 'root', 'one.jsonl');
  const state = () => ({ issueId: 'MIN-1', runtime: 'made-up', transcript: transcript() });
  const said = (from: number, to: number) =>
    lines(...Array.from({ length: to - from + 1 }, (_, index) => ({ say: `word ${from + index}` })));

  beforeEach(() => {
    mkdirSync(path.join(folder(), 'root'));
    bytesRead = 0;
    const format = madeUpFormat(path.join(folder(), 'root'));
    service = new TranscriptService({
      envOf: async () => ({}),
      formatOf: (runtime) => (runtime === 'made-up' ? format : undefined),
      open: openCounting((bytes) => {
        bytesRead += bytes;
      }),
    });
  });

  async function texts(params: {
    after?: string;
    limit: number;
  }): Promise<{ words: string[]; cursor: string; more: boolean }> {
    const { entries, cursor, more } = await service.read(state(), params);
    return { words: entries.map(({ text }) => text), cursor, more };
  }

  it('gives the last entries, oldest first, and says whether there are earlier ones', async () => {
    writeFileSync(transcript(), said(1, 5));
    const { words, more } = await texts({ limit: 2 });
    assert.deepEqual([words, more], [['word 4', 'word 5'], true]);
    assert.equal((await texts({ limit: 5 })).more, false);
  });

  it('goes on at the cursor with what came since, as often as asked', async () => {
    writeFileSync(transcript(), `${said(1, 2)}{"say":"half`);
    const first = await texts({ limit: 10 });
    assert.deepEqual((await texts({ after: first.cursor, limit: 10 })).words, []);
    appendFileSync(transcript(), ` a word"}\n${said(3, 6)}`);
    const second = await texts({ after: first.cursor, limit: 3 });
    assert.deepEqual(second.words, ['half a word', 'word 3', 'word 4']);
    const third = await texts({ after: second.cursor, limit: 3 });
    assert.deepEqual(third.words, ['word 5', 'word 6']);
  });

  it('goes on with what earlier lines said of later ones', async () => {
    const message = (result: string) => ({
      id: 'm',
      timestamp: '2026-11-22T12:00:00.000Z',
      type: 'gemini',
      content: 'I look',
      toolCalls: result === '' ? [] : [{ id: 'c', name: 'ls', status: 'success', args: {}, result }],
    });
    const gemini = new TranscriptService({
      envOf: async () => ({ HOME: folder() }),
      formatOf: () => ({ ...geminiTranscript, root: () => path.join(folder(), 'root') }),
    });
    writeFileSync(transcript(), `${JSON.stringify(message(''))}\n`);
    const first = await gemini.read(state(), { limit: 10 });
    appendFileSync(transcript(), `${JSON.stringify(message('a'))}\n`);
    const second = await gemini.read(state(), { limit: 10, after: first.cursor });
    appendFileSync(transcript(), `${JSON.stringify(message('a'))}\n`);
    const third = await gemini.read(state(), { limit: 10, after: second.cursor });
    const kinds = [first, second, third].map(({ entries }) => entries.map(({ kind }) => kind));
    assert.deepEqual(kinds, [['agent'], ['tool', 'result'], []]);
  });

  it('begins with the new conversation when the cursor is of another file', async () => {
    writeFileSync(transcript(), said(1, 2));
    const { cursor } = await texts({ limit: 1 });
    writeFileSync(`${transcript()}.new`, said(8, 9));
    renameSync(`${transcript()}.new`, transcript());
    assert.deepEqual((await texts({ after: cursor, limit: 9 })).words, ['word 8', 'word 9']);
  });

  it('answers from the end of 100 MB after reading a few kB', async () => {
    writeFileSync(transcript(), said(1, 1));
    truncateSync(transcript(), 100 * 1024 * 1024);
    appendFileSync(transcript(), `\n${said(1, 2000)}`);
    const { words, more } = await texts({ limit: 50 });
    assert.deepEqual([words.length, words.at(-1), more], [50, 'word 2000', true]);
    assert.equal(bytesRead, 64 * 1024);
  });

  it('reads further back where the end holds little, up to a bound', async () => {
    writeFileSync(transcript(), `${said(1, 1)}${JSON.stringify({ blob: 'x'.repeat(300_000) })}\n${said(2, 2)}`);
    assert.deepEqual((await texts({ limit: 2 })).words, ['word 1', 'word 2']);
    truncateSync(transcript(), 100 * 1024 * 1024);
    bytesRead = 0;
    const { words, more } = await texts({ limit: 2 });
    assert.deepEqual([words, more, bytesRead], [[], true, 16 * 1024 * 1024]);
  });

  it('gives text that steers no terminal, and says how much of a long one it left out', async () => {
    writeFileSync(
      transcript(),
      lines({ say: '\u001b[31mred\u001b]0;title\u0007\u202e\nline' }, { say: 'x'.repeat(70_000) }),
    );
    const { words } = await texts({ limit: 2 });
    assert.equal(words[0], 'red\nline');
    assert.match(words[1] ?? '', /x\n\(4464 more characters are in the transcript\)$/);
  });

  it('refuses with the next command to type where there is none to read', async () => {
    writeFileSync(path.join(folder(), 'secret'), said(1, 1));
    symlinkSync(path.join(folder(), 'secret'), path.join(folder(), 'root', 'link.jsonl'));
    const states = [
      { ...state(), runtime: 'command' },
      { ...state(), transcript: null },
      state(),
      { ...state(), transcript: path.join(folder(), 'root', 'link.jsonl') },
      { ...state(), transcript: path.join(folder(), 'root') },
    ];
    for (const each of states) {
      const refused = (error: unknown) =>
        error instanceof UserError &&
        /^noTranscript(Yet)?$/.test(error.code) &&
        error.hint === 'See its terminal: pan work logs MIN-1 --screen';
      await assert.rejects(service.read(each, { limit: 1 }), refused);
    }
  });

  it('refuses a cursor that it did not give', async () => {
    writeFileSync(transcript(), said(1, 1));
    for (const after of ['', 'x', Buffer.from('{"path":1}').toString('base64url')])
      await assert.rejects(service.read(state(), { limit: 1, after }), { code: 'badCursor' });
  });
});
