import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createPaths } from '../../../runner/core/paths.ts';
import { Ledger } from '../../../runner/core/usage/ledger.ts';
import { type UsageFact, UsageRecord } from '../../../runner/core/usage/usageRecord.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { tokensOf } from '../transcripts/madeUpFormat.ts';

const agent = 'agent-min-1';
const now = new Date('2026-11-22T12:00:00.000Z');
const begun = { identity: '1:1', offset: 10, memory: {} };

function fact(messageId: string, output: number, changes: Partial<UsageFact> = {}): UsageFact {
  return { kind: 'usage', messageId, model: 'm', at: '2026-11-22T14:30:00.000Z', tokens: tokensOf(output), ...changes };
}

describe('a usage record', () => {
  const outputs = (record: UsageRecord) =>
    Object.fromEntries(
      [...record.totals].map(([hour, models]) => [
        hour,
        Object.fromEntries([...models].map(([model, { output }]) => [model, output])),
      ]),
    );

  it('sums by UTC hour and model', () => {
    const record = new UsageRecord();
    record.add(fact('1', 1), now);
    record.add(fact('2', 2, { at: '2026-11-22T23:59:59+09:00' }), now);
    record.add(fact('3', 4, { model: 'n' }), now);
    record.add(fact('4', 8, { at: '2026-11-22T15:00:00.000Z' }), now);
    record.add(fact('5', 16, { at: 'no time' }), now);
    assert.deepEqual(outputs(record), {
      '2026-11-22T14': { m: 3, n: 4 },
      '2026-11-22T15': { m: 8 },
      '2026-11-22T12': { m: 16 },
    });
  });

  it('replaces the numbers of a message that comes again, in another hour too', () => {
    const record = new UsageRecord();
    record.add(fact('1', 1), now);
    record.add(fact('1', 5, { at: '2026-11-22T15:00:00.000Z', model: 'n' }), now);
    assert.deepEqual(outputs(record), { '2026-11-22T15': { n: 5 } });
  });

  it('counts what is no number as nothing', () => {
    const record = new UsageRecord();
    const tokens = {
      input: Number.NaN,
      output: -1,
      cacheRead: 1.5,
      cacheWrite: Number.POSITIVE_INFINITY,
      cacheWriteLong: 2,
    };
    record.add(fact('1', 0, { tokens }), now);
    assert.deepEqual(record.totals.get('2026-11-22T14')?.get('m'), { ...tokensOf(0), cacheWriteLong: 2 });
  });

  it('knows the last thousands of messages in a file of bounded size', () => {
    const record = new UsageRecord();
    for (let count = 0; count < 10_000; count += 1) record.add(fact(`message ${count}`, 1), now);
    const stored = JSON.stringify(record.toJson());
    assert.ok(stored.length < 120_000, String(stored.length));
    const again = UsageRecord.fromJson(JSON.parse(stored));
    for (let count = 6_000; count < 10_000; count += 1) again.add(fact(`message ${count}`, 1), now);
    assert.deepEqual(outputs(again), { '2026-11-22T14': { m: 10_000 } });
  });

  it('takes names that mean something to JavaScript for names', () => {
    const record = new UsageRecord();
    record.add(fact('1', 1, { model: '__proto__' }), now);
    record.add(fact('2', 1, { model: 'constructor' }), now);
    assert.deepEqual([...(record.totals.get('2026-11-22T14')?.keys() ?? [])], ['__proto__', 'constructor']);
  });
});

describe('the ledger', () => {
  const folder = useTempFolder();
  let clock: MovableClock;
  let warnings: string[];
  const paths = () => createPaths(folder());
  const file = () => paths().agent(agent).usage;

  beforeEach(() => {
    clock = new MovableClock();
    warnings = [];
    mkdirSync(paths().agent(agent).folder, { recursive: true });
  });

  function open(): Ledger {
    const log = { info: () => undefined, warn: (text: string) => void warnings.push(text), error: () => undefined };
    return new Ledger({ paths: paths(), clock, log });
  }

  async function sum(ledger: Ledger): Promise<number> {
    const models = [...(await ledger.totals(agent)).values()].flatMap((each) => [...each.values()]);
    return models.reduce((total, { output }) => total + output, 0);
  }

  it('keeps the offset and the totals in one file, and no timer once it is written', async () => {
    const ledger = open();
    const usage = await ledger.open(agent);
    usage.take('/t.jsonl', begun, [fact('1', 3)]);
    usage.take('/t.jsonl', { ...begun, offset: 20 }, [fact('2', 4)]);
    assert.equal(clock.waiting, 1);
    await ledger.close(agent);
    assert.equal(clock.waiting, 0);
    const { files, totals } = JSON.parse(readFileSync(file(), 'utf8'));
    assert.deepEqual(files, { '/t.jsonl': { ...begun, offset: 20 } });
    assert.deepEqual(totals, { '2026-11-22T14': { m: tokensOf(7) } });
    assert.equal(await sum(open()), 7);
  });

  it('adds a later launch to what is there', async () => {
    for (const id of ['1', '2']) {
      const ledger = open();
      (await ledger.open(agent)).take(`/${id}.jsonl`, begun, [fact(id, 1)]);
      await ledger.close(agent);
    }
    assert.equal(await sum(open()), 2);
  });

  it('reads the file of an agent that is not followed once, and again when it changed', async () => {
    const ledger = open();
    assert.equal(await sum(ledger), 0);
    const other = open();
    (await other.open(agent)).take('/t.jsonl', begun, [fact('1', 1)]);
    await other.close(agent);
    assert.equal(await sum(ledger), 1);
    const totals = await ledger.totals(agent);
    assert.equal(await ledger.totals(agent), totals);
  });

  it('puts a broken file aside and begins anew', async () => {
    writeFileSync(file(), '{"schema": 1, "files": [');
    const ledger = open();
    const usage = await ledger.open(agent);
    assert.equal(usage.progress('/t.jsonl'), undefined);
    assert.ok(existsSync(`${file()}.broken`));
    usage.take('/t.jsonl', begun, [fact('1', 1)]);
    await ledger.close(agent);
    assert.equal(await sum(open()), 1);
  });

  it('leaves the file of a newer build alone', async () => {
    writeFileSync(file(), '{"schema": 2, "more": true}');
    const ledger = open();
    (await ledger.open(agent)).take('/t.jsonl', begun, [fact('1', 1)]);
    await ledger.close(agent);
    assert.equal(readFileSync(file(), 'utf8'), '{"schema": 2, "more": true}');
  });

  it('does not bring back the folder of an agent that was removed', async () => {
    const ledger = open();
    (await ledger.open(agent)).take('/t.jsonl', begun, [fact('1', 1)]);
    rmSync(paths().agent(agent).folder, { recursive: true });
    await ledger.close(agent);
    assert.equal(existsSync(paths().agent(agent).folder), false);
  });
});
