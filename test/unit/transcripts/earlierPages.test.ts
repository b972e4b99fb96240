import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { behaviourOf } from '../../../runner/core/runtimes/runtimeDefinitions.ts';
import type { TranscriptFormat } from '../../../runner/core/runtimes/transcriptFormat.ts';
import { TranscriptService } from '../../../runner/core/transcripts/transcriptService.ts';
import type { TranscriptEntry } from '../../../runner/protocol/models.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { lines, madeUpFormat } from './madeUpFormat.ts';
import { openCounting } from './openCounting.ts';

describe('the earlier pages of a transcript', () => {
  const folder = useTempFolder();
  let bytesRead: number;
  let format: TranscriptFormat;

  const transcript = () => path.join(folder(), 'root', 'one.jsonl');
  const state = () => ({ issueId: 'MIN-1', runtime: 'tool', transcript: transcript() });
  const said = (from: number, to: number) =>
    lines(...Array.from({ length: to - from + 1 }, (_, index) => ({ say: `word ${from + index}` })));

  beforeEach(() => {
    mkdirSync(path.join(folder(), 'root'));
    bytesRead = 0;
    format = madeUpFormat(path.join(folder(), 'root'));
  });

  function read(params: { after?: string; before?: string; limit: number }) {
    const service = new TranscriptService({
      envOf: async () => ({}),
      formatOf: () => format,
      open: openCounting((bytes) => {
        bytesRead += bytes;
      }),
    });
    return service.read(state(), params);
  }

  /** The last page and all before it, newest page first. */
  async function pages(limit: number): Promise<TranscriptEntry[][]> {
    const found: TranscriptEntry[][] = [];
    let before: string | undefined;
    do {
      const page = await read(before === undefined ? { limit } : { before, limit });
      assert.equal(page.more, page.start !== null);
      found.push(page.entries);
      before = page.start ?? undefined;
    } while (before !== undefined);
    return found;
  }

  const words = (page: readonly TranscriptEntry[]): string[] => page.map(({ text }) => text);

  it('end where the page begins that told where they are', async () => {
    writeFileSync(transcript(), said(1, 5));
    assert.deepEqual((await pages(2)).map(words), [['word 4', 'word 5'], ['word 2', 'word 3'], ['word 1']]);
    assert.deepEqual((await pages(5)).map(words), [['word 1', 'word 2', 'word 3', 'word 4', 'word 5']]);
  });

  it('may begin and end within a line', async () => {
    writeFileSync(transcript(), lines({ prompt: 'a', say: 'b' }, { prompt: 'c', say: 'd' }, { say: 'e' }));
    assert.deepEqual((await pages(2)).map(words), [['d', 'e'], ['b', 'c'], ['a']]);
    assert.deepEqual((await pages(1)).map(words), [['e'], ['d'], ['c'], ['b'], ['a']]);
  });

  it('stay the same while the conversation goes on', async () => {
    writeFileSync(transcript(), `${said(1, 4)}{"say":"half`);
    const { start, cursor } = await read({ limit: 2 });
    appendFileSync(transcript(), ` a word"}\n${said(5, 5)}`);
    assert.deepEqual(words((await read({ before: start ?? '', limit: 2 })).entries), ['word 1', 'word 2']);
    const later = await read({ after: cursor, limit: 9 });
    assert.deepEqual(words(later.entries), ['half a word', 'word 5']);
    assert.deepEqual(
      words((await read({ before: later.start ?? '', limit: 9 })).entries),
      words([
        ...(await read({ before: start ?? '', limit: 9 })).entries,
        ...(await read({ before: later.start ?? '', limit: 2 })).entries,
      ]),
    );
  });

  it('are empty where the conversation is in another file by now', async () => {
    writeFileSync(transcript(), said(1, 4));
    const { start } = await read({ limit: 1 });
    writeFileSync(`${transcript()}.new`, said(7, 9));
    renameSync(`${transcript()}.new`, transcript());
    const { entries, start: earlier } = await read({ before: start ?? '', limit: 1 });
    assert.deepEqual([entries, earlier], [[], null]);
  });

  it('cost the same however long the file is', async () => {
    writeFileSync(transcript(), said(1, 1));
    truncateSync(transcript(), 100 * 1024 * 1024);
    appendFileSync(transcript(), `\n${said(1, 20_000)}`);
    let { start } = await read({ limit: 50 });
    for (let page = 1; page <= 10; page += 1) {
      bytesRead = 0;
      const earlier = await read({ before: start ?? '', limit: 50 });
      assert.deepEqual([earlier.entries.at(-1)?.text, bytesRead], [`word ${20_000 - 50 * page}`, 64 * 1024]);
      start = earlier.start;
    }
  });

  it('get past a line that is longer than what is read at a time', async () => {
    writeFileSync(transcript(), said(1, 2));
    appendFileSync(transcript(), `${JSON.stringify({ blob: 'x'.repeat(40 * 1024 * 1024) })}\n${said(3, 3)}`);
    assert.deepEqual((await pages(2)).flatMap(words).sort(), ['word 1', 'word 2', 'word 3']);
  });

  it('are not asked for together with later ones', async () => {
    writeFileSync(transcript(), said(1, 4));
    const { start, cursor } = await read({ limit: 1 });
    await assert.rejects(read({ before: start ?? '', after: cursor, limit: 1 }), { code: 'badCursor' });
  });

  const fixtures = path.join(__dirname, '..', 'runtimes');
  const rehearsed = Array.from({ length: 12 }, (_, index) =>
    JSON.stringify({
      at: '2026-11-22T12:00:00.000Z',
      role: ['user', 'assistant', 'tool'][index % 3],
      text: `say ${index}`,
    }),
  );
  const conversations: [runtime: string, lines: () => string[]][] = [
    ['claude', () => linesOf(path.join(fixtures, 'claude/fixtures/conversation.jsonl'))],
    ['codex', () => linesOf(path.join(fixtures, 'codex/fixtures/rollout-steered.jsonl'))],
    ['codex', () => linesOf(path.join(fixtures, 'codex/fixtures/rollout-file-change.jsonl'))],
    ['gemini', () => linesOf(path.join(fixtures, 'gemini/fixtures/declined.jsonl'))],
    ['gemini', () => linesOf(path.join(fixtures, 'gemini/fixtures/errors.jsonl'))],
    ['rehearsal', () => rehearsed],
  ];

  for (const [index, [runtime, recorded]] of conversations.entries()) {
    it(`of ${runtime} are together what is read from the beginning (${index + 1})`, async () => {
      const known = behaviourOf(runtime).transcript;
      assert.ok(known !== undefined);
      format = { ...known, root: () => path.join(folder(), 'root') };
      // Far enough apart that every page begins in the middle of the file.
      const padding = JSON.stringify({ pad: 'x'.repeat(9_000) });
      writeFileSync(
        transcript(),
        recorded()
          .map((line) => `${padding}\n${line}\n`)
          .join(''),
      );
      const whole = (await read({ limit: 10_000 })).entries;
      assert.ok(whole.length > 0);
      for (const limit of [1, 2, 3, 5]) {
        assert.deepEqual((await pages(limit)).reverse().flat().map(lineOf), whole.map(lineOf), `${limit} a page`);
      }
    });
  }
});

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').trim().split('\n');
}

function lineOf({ at, kind, text }: TranscriptEntry): string {
  return `${at} ${kind} ${text}`;
}
