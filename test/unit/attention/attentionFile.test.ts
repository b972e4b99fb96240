import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AttentionFile } from '../../../runner/core/attention/attentionFile.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const nothing = { until: null, told: [] };

describe('what is kept of announcements', () => {
  const folder = useTempFolder();
  let warnings: string[];

  function open(name = 'attention.json'): AttentionFile {
    warnings = [];
    const log = { info: () => undefined, warn: (text: string) => void warnings.push(text), error: () => undefined };
    return new AttentionFile({ file: path.join(folder(), name), log });
  }

  it('is read as it was written', async () => {
    const record = { until: 'always', told: ['agent-min-1 finished 1'] };
    await open().write(record);
    assert.deepEqual([await open().read(), warnings], [record, []]);
  });

  it('is what was written last, however many write at once', async () => {
    const file = open();
    const records = Array.from({ length: 40 }, (_, index) => ({
      until: null,
      told: [`${index} `.repeat(20_000 / (index + 1))],
    }));
    await Promise.all(records.map((record) => file.write(record)));
    assert.deepEqual(await file.read(), records.at(-1));
  });

  it('is nothing at first', async () => {
    assert.deepEqual([await open().read(), warnings], [nothing, []]);
  });

  it('begins anew where the file is broken, and says so in the log', async () => {
    writeFileSync(path.join(folder(), 'attention.json'), '{"until":');
    assert.deepEqual(await open().read(), nothing);
    assert.match(warnings.join(), /attention\.json is left aside: line 1: it is not complete JSON/);
  });

  it('keeps what is right in it', async () => {
    writeFileSync(path.join(folder(), 'attention.json'), '{"until":5,"told":["agent-min-1 stuck x"]}');
    assert.deepEqual(await open().read(), { until: null, told: ['agent-min-1 stuck x'] });
  });

  it('is only logged where it cannot be written', async () => {
    mkdirSync(path.join(folder(), 'attention.json', 'x'), { recursive: true });
    await open().write(nothing);
    assert.match(warnings.join(), /^what was announced is not kept: /);
  });
});
