import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { panCommandScript } from '../../runner/core/install/panCommand.ts';
import { type Launch, launchScript } from '../../runner/core/tmux/launchScript.ts';
import { panProgram } from '../support/pan.ts';
import { installedShells } from '../support/shells.ts';
import { useTempFolder } from '../support/tempFolder.ts';

/** What makes a careless script run something, split something, or lose something. */
const hostile = [
  `it's "x" $(touch canary) \`touch canary\` \\ ; touch canary & | > canary < * ? [a-z] ~ ! #{x} $HOME %s %d`,
  'lines\nand\ttabs\r\nand a dash -n',
  '-n',
  '',
  '😀 é \u001b[31m \u0007',
  'x'.repeat(90_000),
];

describe('the shells of this machine', () => {
  it('are sh, dash, bash and busybox, so that none of the tests below is missing', () => {
    assert.deepEqual(
      installedShells().map(({ name }) => name),
      ['sh', 'dash', 'bash --posix', 'busybox sh'],
    );
  });
});

for (const { name, argv: shell } of installedShells()) {
  describe(`scripts under ${name}`, () => {
    const folder = useTempFolder('pan-shell-');

    function run(script: string, args: readonly string[], env: Record<string, string> = {}) {
      const file = path.join(folder(), `script of "it's" $(touch canary).sh`);
      writeFileSync(file, script);
      const [command, ...options] = shell;
      const environment = { PATH: process.env['PATH'], HOME: folder(), ...env };
      const result = spawnSync(command, [...options, file, ...args], {
        cwd: folder(),
        env: environment,
        encoding: 'utf8',
        timeout: 30_000,
      });
      assert.ok(!existsSync(path.join(folder(), 'canary')), 'something was executed');
      return { code: result.status, stdout: result.stdout, stderr: result.stderr };
    }

    function launch(argv: Launch['argv'], env: Launch['env'] = {}): Launch {
      const cwd = path.join(folder(), `a b'c"$(touch canary)`);
      mkdirSync(cwd, { recursive: true });
      return { cwd, env, argv, exitFile: path.join(folder(), 'exit.json'), launchId: '01KAN8Z6Y0Q3V5M3X1C7R9T2B4' };
    }

    it('launch.sh passes arguments, variables and the folder byte for byte', () => {
      const out = path.join(folder(), 'out.json');
      const program =
        'require("fs").writeFileSync(process.argv[1], JSON.stringify([process.argv.slice(2), process.env.TEXT, process.cwd()]))';
      for (const [index, text] of hostile.entries()) {
        const { cwd, ...rest } = launch([process.execPath, '-e', program, '--', out, ...hostile.slice(0, -1), text], {
          TEXT: text,
        });
        const { code, stderr } = run(launchScript({ cwd, ...rest }), []);
        assert.deepEqual([code, stderr], [0, ''], `text ${index}`);
        assert.deepEqual(JSON.parse(readFileSync(out, 'utf8')), [[...hostile.slice(0, -1), text], text, cwd]);
      }
    });

    for (const [what, line, code] of [
      ['an exit code', 'exit 7', 7],
      ['a signal', 'kill -9 $$', 137],
      ['success', 'exit 0', 0],
    ] as const) {
      it(`launch.sh records ${what}`, () => {
        const launched = launch(['sh', '-c', line]);
        assert.equal(run(launchScript(launched), []).code, code);
        const record = JSON.parse(readFileSync(launched.exitFile, 'utf8')) as {
          launchId: string;
          exitCode: number;
          at: string;
        };
        assert.deepEqual([record.launchId, record.exitCode], [launched.launchId, code]);
        assert.ok(Math.abs(Date.parse(record.at) - Date.now()) < 60_000);
      });
    }

    it('launch.sh records a program that is not there', () => {
      const launched = launch(['/no/such/program']);
      assert.equal(run(launchScript(launched), []).code, 127);
      assert.match(readFileSync(launched.exitFile, 'utf8'), /"exitCode":127/);
    });

    it('bin/pan passes its arguments byte for byte and the exit code back', () => {
      const pan = path.join(folder(), `pan it's "$(touch canary)".js`);
      writeFileSync(pan, 'process.stdout.write(JSON.stringify(process.argv.slice(2))); process.exit(3);');
      const { code, stdout } = run(panCommandScript({ node: process.execPath, pan, electron: false }), hostile);
      assert.deepEqual([code, JSON.parse(stdout)], [3, hostile]);
    });

    it('bin/pan finds a Node by itself when the one that it was made with is gone', () => {
      const script = panCommandScript({ node: '/gone/node', pan: panProgram, electron: false });
      const { code, stdout } = run(script, ['--version']);
      assert.equal(code, 0);
      assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
    });

    it('bin/pan says in one sentence and a hint that Panopticon is gone', () => {
      const script = panCommandScript({
        node: process.execPath,
        pan: path.join(folder(), 'gone $(touch canary).js'),
        electron: false,
      });
      const { code, stderr } = run(script, ['status']);
      assert.equal(code, 1);
      assert.match(stderr, /^error: [^\n]+\nhint: [^\n]+\n$/);
    });
  });
}
