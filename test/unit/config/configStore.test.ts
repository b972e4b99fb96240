import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigStore } from '../../../runner/core/config/configStore.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('ConfigStore', () => {
  const folder = useTempFolder();

  it('reads the file again when it has changed, and warns once for each reading', async () => {
    const { file, store, warnings } = arrange(folder());
    assert.equal((await store.read()).defaults.runtime, null);
    writeFileSync(file, 'x = 1\n[defaults]\nruntime = "one"\n');
    assert.equal((await store.read()).defaults.runtime, 'one');
    assert.equal(await store.read(), await store.read());
    assert.deepEqual(warnings, [`${file}: remove x or correct its spelling: it is not known and ignored`]);
    writeFileSync(file, '[defaults]\nruntime = "three"\n');
    assert.equal((await store.read()).defaults.runtime, 'three');
    rmSync(file);
    assert.equal((await store.read()).defaults.runtime, null);
  });

  it('says file, line and reason of a broken file, and recovers with it', async () => {
    const { file, store } = arrange(folder());
    writeFileSync(file, '[defaults]\nmodel = \n');
    const refused = {
      code: 'badConfig',
      kind: 'user',
      message: new RegExp(`^${file} cannot be used: line 2: .*\\.$`),
      hint: `Correct it in an editor: ${file}`,
    };
    await assert.rejects(store.read(), refused);
    await assert.rejects(store.read(), refused);
    writeFileSync(file, '[defaults]\nmodel = "m"\n');
    assert.equal((await store.read()).defaults.model, 'm');
  });

  it('explains what is no file and what is too large', async () => {
    const { file, store } = arrange(folder());
    mkdirSync(file);
    await assert.rejects(store.read(), { code: 'badConfig', message: `${file} cannot be used: EISDIR.` });
    rmSync(file, { recursive: true });
    writeFileSync(file, '#'.repeat(1024 * 1024 + 1));
    await assert.rejects(store.read(), {
      code: 'badConfig',
      message: `${file} cannot be used: it is larger than 1 MB.`,
    });
  });
});

function arrange(folder: string): { file: string; store: ConfigStore; warnings: string[] } {
  const file = path.join(folder, 'config.toml');
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (message: string) => warnings.push(message), error: () => undefined };
  return { file, store: new ConfigStore({ file, log }), warnings };
}
