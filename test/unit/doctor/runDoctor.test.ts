import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigStore } from '../../../runner/core/config/configStore.ts';
import type { DoctorTool } from '../../../runner/core/doctor/checkTools.ts';
import { runDoctor } from '../../../runner/core/doctor/runDoctor.ts';
import { createPaths } from '../../../runner/core/paths.ts';
import type { RuntimeInspection } from '../../../runner/core/runtimes/runtime.ts';
import type { DoctorCheck } from '../../../runner/protocol/models.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the doctor', () => {
  const folder = useTempFolder();
  const home = () => path.join(folder(), 'home');

  async function check(name: string, at = home(), tools: DoctorTool[] = []): Promise<DoctorCheck & { ok: boolean }> {
    const paths = createPaths(at);
    const { ok, checks } = await runDoctor({
      exec: async () => ({ exitCode: 0, stdout: 'version 99.1', stderr: '' }),
      env: {},
      paths,
      config: new ConfigStore({ file: paths.configFile, log }),
      tools: async () => tools,
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

  it('finds a runtime of a project that nothing describes', async () => {
    configure('[projects.myn]\nruntime = "claud"\n[projects.other]\nruntime = "rehearsal"\n');
    assert.match((await check('config')).fix ?? '', /^projects\.myn\.runtime: there is no runtime claud;/);
  });

  describe('looks at the tools, and', () => {
    const tool = (found: RuntimeInspection | Error): DoctorTool[] => [
      {
        name: 'claude',
        inspect: async () => {
          if (found instanceof Error) throw found;
          return found;
        },
      },
    ];
    const fresh: RuntimeInspection = { installed: true, version: '2.1.330', loggedIn: true, fix: null };
    const gone: RuntimeInspection = { installed: false, version: null, loggedIn: null, fix: 'npm i -g x' };
    const cases: [what: string, found: RuntimeInspection | Error, config: string, expected: string[]][] = [
      ['is content with one that is logged in', fresh, '', ['ok', '2.1.330', 'runtime; logged in', '']],
      [
        'says how to log in',
        { ...fresh, loggedIn: false, fix: 'claude auth login' },
        '',
        ['warning', '2.1.330', 'runtime; not logged in', 'claude auth login'],
      ],
      [
        'says so when it cannot be told',
        { ...fresh, version: null, loggedIn: null },
        '',
        ['ok', 'installed', 'runtime; whether it is logged in cannot be told', ''],
      ],
      ['needs none', gone, '', ['optional', '', 'runtime', 'npm i -g x']],
      [
        'warns when the default is not there',
        gone,
        '[defaults]\nruntime = "claude"',
        ['warning', '', 'runtime, the default of config.toml', 'npm i -g x'],
      ],
      [
        'goes on when one cannot be asked',
        new Error('no\nanswer'),
        '',
        ['warning', 'unknown', 'runtime; it cannot be asked: no answer', 'Try it: claude --version'],
      ],
      [
        'tells once of one whose place is configured',
        fresh,
        '[runtimes.claude]\ncommand = ["/nowhere"]',
        ['ok', '2.1.330', 'runtime; logged in', ''],
      ],
    ];
    for (const [what, found, config, expected] of cases) {
      it(what, async () => {
        configure(config);
        const { ok, status, version, why, fix } = await check('claude', home(), tool(found));
        assert.deepEqual([ok, status, version ?? '', why, fix ?? ''], [true, ...expected]);
        assert.equal((await check('config', home(), tool(found))).status, 'ok');
      });
    }
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
