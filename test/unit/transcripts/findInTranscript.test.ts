import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { behaviourOf } from '../../../runner/core/runtimes/runtimeDefinitions.ts';
import type { TranscriptFormat } from '../../../runner/core/runtimes/transcriptFormat.ts';
import { TranscriptService } from '../../../runner/core/transcripts/transcriptService.ts';
import type { TranscriptMatch, TranscriptMatches } from '../../../runner/protocol/models.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { lines, madeUpFormat } from './madeUpFormat.ts';
import { openCounting } from './openCounting.ts';

const MB = 1024 * 1024;

describe('looking for text in a transcript', () => {
  const folder = useTempFolder();
  let format: TranscriptFormat;
  let reads: number[];

  const transcript = () => path.join(folder(), 'root', 'one.jsonl');
  const state = () => ({ issueId: 'MIN-1', runtime: 'tool', transcript: transcript() });

  beforeEach(() => {
    mkdirSync(path.join(folder(), 'root'));
    format = madeUpFormat(path.join(folder(), 'root'));
    reads = [];
  });

  function service() {
    const open = openCounting((bytes) => reads.push(bytes));
    return new TranscriptService({ envOf: async () => ({}), formatOf: () => format, open });
  }

  /** What all pages found, newest first, and how many pages it took. */
  async function search(text: string, after?: string) {
    const found: TranscriptMatch[] = [];
    let pages = 0;
    let cursor: string | undefined;
    for (let before: string | undefined | null; before !== null; pages += 1) {
      const page: TranscriptMatches = await service().find(state(), { text, before, after });
      cursor ??= page.cursor;
      found.push(...page.found);
      before = page.start;
    }
    return { found, pages, cursor: cursor ?? '' };
  }

  /** The texts of the entries that were found, each with how often it holds what was looked for. */
  async function find(text: string, after?: string): Promise<[text: string, matches: number][]> {
    const { found } = await search(text, after);
    const reading = found.map(async ({ place, matches }): Promise<[string, number]> => {
      const { entries } = await service().read(state(), { at: place, limit: 10 });
      return [entries.find((entry) => entry.place === place)?.text ?? '(not there)', matches];
    });
    return Promise.all(reading);
  }

  it('finds entries, newest first, and says how often they hold it', async () => {
    writeFileSync(transcript(), lines({ say: 'The limit.' }, { say: 'no' }, { say: 'Limit, limit, LIMIT' }));
    assert.deepEqual(await find('limit'), [
      ['Limit, limit, LIMIT', 3],
      ['The limit.', 1],
    ]);
    assert.deepEqual(await find('absent'), []);
  });

  it('looks at what is shown, not at how it is written down', async () => {
    writeFileSync(
      transcript(),
      lines({ say: 'a "quoted"\tword\\n' }, { say: '\u001b[31mr\u001b[0med' }, { say: 'See\n```ts\nlet a;\n```' }),
    );
    const cases: [string, number][] = [
      ['"quoted"', 1],
      ['\\"quoted', 0],
      ['word\\n', 1],
      ['red', 1],
      ['31m', 0],
      ['let a', 1],
      ['```ts', 0],
      ['say', 0],
    ];
    for (const [text, count] of cases) assert.equal((await search(text)).found.length, count, text);
  });

  it('finds each entry of a line', async () => {
    writeFileSync(transcript(), lines({ prompt: 'first word', say: 'second word' }));
    assert.deepEqual(await find('word'), [
      ['second word', 1],
      ['first word', 1],
    ]);
  });

  it('finds what lies over the borders of what is read at a time, letters of several bytes, too', async () => {
    // Signs of three bytes, so that borders fall within them.
    const words = Array.from({ length: 2_000 }, (_, index) => `${'–'.repeat(index % 1_000)}größer ${index} 🎉`);
    writeFileSync(transcript(), lines(...words.map((say) => ({ say }))));
    const { found, pages } = await search('GRÖßER');
    assert.equal(new Set(found.map(({ place }) => place)).size, words.length);
    assert.ok(pages > 1);
    for (const index of [0, 999, 1_999]) assert.deepEqual(await find(`größer ${index} 🎉`), [[words[index], 1]]);
  });

  it('goes on before what it looked at, a bounded part at a time', async () => {
    const filler = Array.from({ length: 1_000 }, () => ({ say: 'x'.repeat(10_000) }));
    writeFileSync(transcript(), lines({ say: 'needle' }, ...filler));
    const first = await service().find(state(), { text: 'needle' });
    assert.deepEqual([first.found, first.start === null], [[], false]);
    assert.ok(reads.reduce((sum, bytes) => sum + bytes, 0) < 2.6 * MB);
    assert.deepEqual([await find('needle'), (await search('needle')).pages], [[['needle', 1]], 5]);
    assert.ok(Math.max(...reads) <= 256 * 1024, 'one chunk at a time');
  });

  it('gives up to 10,000 entries an answer, and every one in the end', async () => {
    const said = Array.from({ length: 12_501 }, (_, index) => ({ prompt: `e${index}`, say: 'e' }));
    writeFileSync(transcript(), lines(...said));
    const pages: number[] = [];
    for (let before: string | undefined | null; before !== null; ) {
      const page = await service().find(state(), { text: 'e', before });
      pages.push(page.found.length);
      before = page.start;
    }
    assert.deepEqual(pages, [10_000, 10_000, 5_002]);
  });

  it('gets past lines that are longer than what is looked at for one answer', async () => {
    const blob = (bytes: number) => ({ id: 'x'.repeat(bytes) });
    writeFileSync(transcript(), lines({ say: 'needle 1' }, blob(5 * MB), { say: 'needle 2' }, blob(20 * MB)));
    appendFileSync(transcript(), lines({ say: 'needle 3' }));
    assert.deepEqual(
      (await find('needle')).map(([text]) => text),
      ['needle 3', 'needle 2', 'needle 1'],
    );
  });

  it('finds what was said since, and leaves a line that is half written', async () => {
    writeFileSync(transcript(), `${lines({ say: 'needle 1' })}{"say":"needle 2`);
    const { cursor } = await search('needle');
    assert.deepEqual(await find('needle'), [['needle 1', 1]]);
    assert.deepEqual(await find('needle', cursor), []);
    appendFileSync(transcript(), ` and on"}\n${lines({ say: 'needle 3' })}`);
    assert.deepEqual(await find('needle', cursor), [
      ['needle 3', 1],
      ['needle 2 and on', 1],
    ]);
  });

  it('reads nothing where nothing was said since, nor where the end comes before the beginning', async () => {
    writeFileSync(transcript(), lines({ say: 'needle 1' }, { say: 'needle 2' }));
    const { cursor: middle } = await service().read(state(), { at: 0, limit: 1 });
    const { cursor } = await search('needle');
    reads = [];
    for (const params of [{ after: cursor }, { after: cursor, before: middle }]) {
      const page = await service().find(state(), { text: 'needle', ...params });
      assert.deepEqual([page.found, page.cursor, page.start], [[], cursor, null]);
    }
    assert.deepEqual(reads, []);
  });

  it('looks at all of another file that the tool began', async () => {
    writeFileSync(transcript(), lines({ say: 'needle 1' }, { say: 'no' }));
    const { cursor } = await search('needle');
    writeFileSync(`${transcript()}.new`, lines({ say: 'needle 2' }));
    renameSync(`${transcript()}.new`, transcript());
    assert.deepEqual(await find('needle', cursor), [['needle 2', 1]]);
    const isAnew = async (params: { after?: string; before?: string }) =>
      (await service().find(state(), { text: 'needle', ...params })).isAnew;
    const { cursor: newer } = await search('needle');
    assert.deepEqual(await Promise.all([{}, { after: newer }, { after: cursor }, { before: cursor }].map(isAnew)), [
      false,
      false,
      true,
      true,
    ]);
  });

  it('finds in Gemini CLI conversations what the pages of it show', async () => {
    const gemini = behaviourOf('gemini').transcript;
    assert.ok(gemini !== undefined);
    format = { ...gemini, root: () => path.join(folder(), 'root') };
    const said = (output: string) => [{ functionResponse: { response: { output } } }];
    const message = (content: string, result: string) => ({
      id: 'm',
      timestamp: '2026-11-22T12:00:00.000Z',
      type: 'gemini',
      content,
      toolCalls: result === '' ? [] : [{ id: 'c', name: 'ls', status: 'success', args: {}, result: said(result) }],
    });
    const written = [message('I look', ''), message('I look', 'needle'), message('I look', 'needle')];
    writeFileSync(transcript(), written.map((line) => `${JSON.stringify(line)}\n`).join(''));
    assert.deepEqual(await find('needle'), [['needle', 1]]);
    assert.deepEqual(await find('I look'), [['I look', 1]]);
  });

  it('names entries by places that are the same whichever way they are read, and grow', async () => {
    writeFileSync(transcript(), lines({ prompt: 'a', say: 'b' }, { id: 'c' }, { say: 'd' }, { prompt: 'e', say: 'f' }));
    const backwards = (await service().read(state(), { limit: 10 })).entries;
    const forwards = (await service().read(state(), { at: 0, limit: 10 })).entries;
    assert.deepEqual(backwards, forwards);
    const places = backwards.map(({ place }) => place);
    assert.deepEqual(
      places,
      [...new Set(places)].sort((a, b) => a - b),
    );
    const [, , third] = places;
    const { entries, start, cursor } = await service().read(state(), { at: third, limit: 1 });
    assert.deepEqual(
      entries.map(({ text }) => text),
      ['d'],
    );
    const texts = async (params: { after: string } | { before: string }) =>
      (await service().read(state(), { ...params, limit: 10 })).entries.map(({ text }) => text);
    assert.deepEqual(
      [await texts({ before: start ?? '' }), await texts({ after: cursor })],
      [
        ['a', 'b'],
        ['e', 'f'],
      ],
    );
  });

  it('answers the last entries for a place that is not there any more', async () => {
    writeFileSync(transcript(), lines({ say: 'only' }));
    const { entries } = await service().read(state(), { at: 10_000, limit: 5 });
    assert.deepEqual(
      entries.map(({ text }) => text),
      ['only'],
    );
    await assert.rejects(service().read(state(), { at: 0, before: 'x', limit: 1 }), { code: 'badCursor' });
  });
});
