import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigStore } from '../../../runner/core/config/configStore.ts';
import { runDoctor } from '../../../runner/core/doctor/runDoctor.ts';
import { createPaths } from '../../../runner/core/paths.ts';
import type { DoctorCheck } from '../../../runner/protocol/models.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the doctor', () => {
  const folder = useTempFolder();
  const home = () => path.join(folder(), 'home');

  async function check(name: string, at = home()): Promise<DoctorCheck & { ok: boolean }> {
    const paths = createPaths(at);
    const { ok, checks } = await runDoctor({
      exec: async () => ({ exitCode: 0, stdout: 'version 99.1', stderr: '' }),
      env: {},
      paths,
      config: new ConfigStore({ file: paths.configFile, log }),
      userHome: folder(),
      nodeVersion: '24.0.0',
      platform: 'linux',
    });
    const found = checks.find((each) => each.name === name);
    assert.ok(found);
    return { ok, ...found };
  }

  function configure(text: string): void {
    mkdirSync(home(), { recursive: true });
    writeFileSync(path.join(home(), 'config.toml'), text);
  }

  it('finds nothing wrong with a home that is not there yet', async () => {
    const { ok, version, fix } = await check('home');
    assert.deepEqual([ok, version, fix], [true, 'writable', null]);
    const config = await check('config');
    assert.deepEqual([config.status, config.version, config.fix], ['ok', 'none', null]);
  });

  it('finds a home that is a file, or below one', async () => {
    writeFileSync(home(), '');
    for (const at of [home(), path.join(home(), 'deeper', 'still')]) {
      const { ok, status, version, fix } = await check('home', at);
      assert.deepEqual([ok, status, version], [false, 'missing', 'no folder']);
      assert.equal(fix, `Move ${home()} away, or set PANOPTICON_HOME to a folder`);
      assert.equal((await check('config', at)).fix, null, 'one thing is wrong, and it is told once');
    }
  });

  it('finds a default runtime that nothing describes', async () => {
    configure('[defaults]\nruntime = "claud"\n');
    const { ok, status, fix } = await check('config');
    assert.deepEqual([ok, status], [false, 'missing']);
    assert.match(fix ?? '', /^defaults\.runtime: there is no runtime claud; describe it under \[runtimes\.claud\]/);
    configure('[defaults]\nruntime = "mine"\n[runtimes.mine]\ncommand = ["sh"]\n');
    assert.equal((await check('config')).status, 'ok');
  });

  it('says what to do about a configuration, naming the file and the key once', async () => {
    configure('[defaults]\nbogus = 1\n');
    const unknown = await check('config');
    assert.deepEqual([unknown.ok, unknown.status], [true, 'warning']);
    assert.equal(unknown.fix, 'remove defaults.bogus or correct its spelling: it is not known and ignored');
    configure('\n[defaults\n');
    const broken = await check('config');
    assert.equal(broken.version, 'broken');
    assert.match(broken.fix ?? '', /^Correct \S+config\.toml: line 2: /);
    assert.equal(broken.fix?.split('config.toml').length, 2);
    rmSync(path.join(home(), 'config.toml'));
    mkdirSync(path.join(home(), 'config.toml'));
    assert.match((await check('config')).fix ?? '', /^Correct \S+config\.toml: it cannot be read \(EISDIR\)$/);
  });
});
