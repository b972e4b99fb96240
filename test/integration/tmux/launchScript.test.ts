import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { quoteForSh } from '../../../runner/core/text/quoteForSh.ts';
import { type Launch, launchScript } from '../../../runner/core/tmux/launchScript.ts';
import { installedShells } from '../../support/shells.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { waitFor } from '../../support/waitFor.ts';

const launchId = '01KAN8Z6Y0Q3V5M3X1C7R9T2B4';
const hostile = `a b'c"d\`touch x\`$(touch x)#{x}\\ \n-é✳!*~;&|<>`;
const timeoutMs = 10_000;
/** What shells set by themselves, and a name that bash cannot unset. */
const ofShells = ['PWD', 'OLDPWD', 'SHLVL', '_', 'é'];

describe('quoting for a shell', () => {
  it('refuses a NUL', () => {
    assert.throws(() => quoteForSh('a\0b'), /NUL/);
  });

  for (const shell of installedShells()) {
    it(`gives any text to a program byte for byte through ${shell.name}`, () => {
      const [command, ...args] = shell.argv;
      const text = fc.string({
        unit: fc.oneof(
          fc.constantFrom(...`'"\\$\`\n\r\t !#{}\u0081\u0088`),
          fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
        ),
        maxLength: 200,
      });
      fc.assert(
        fc.property(
          fc.array(
            text.map((raw) => raw.replaceAll('\0', '')),
            { minLength: 1, maxLength: 40 },
          ),
          (texts) => {
            const script = `for a in ${texts.map(quoteForSh).join(' ')}; do printf '%s\\0' "$a"; done`;
            const { stdout } = spawnSync(command, args, { input: script });
            assert.deepEqual(stdout, Buffer.from(texts.map((one) => `${one}\0`).join('')));
          },
        ),
        { numRuns: 60 },
      );
    });
  }
});

describe('the launch script', () => {
  const folder = useTempFolder();
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  function write(launch: Partial<Launch>): string {
    const script = path.join(folder(), 'launch.sh');
    const whole = { cwd: folder(), env: {}, argv: ['true'] as const, exitFile: exitFile(), launchId, ...launch };
    writeFileSync(script, launchScript(whole), { mode: 0o600 });
    return script;
  }
  const exitFile = (): string => path.join(folder(), `exit ${hostile.replace('/', '')}.json`);
  const exitRecord = (): { launchId: string; exitCode: number; at: string } =>
    JSON.parse(readFileSync(exitFile(), 'utf8'));

  for (const shell of installedShells()) {
    const [command, ...args] = shell.argv;
    const run = (launch: Partial<Launch>, env: Record<string, string> = {}): ReturnType<typeof spawnSync> =>
      spawnSync(command, [...args, write(launch)], { cwd: '/', env: { PATH: process.env['PATH'], ...env } });

    describe(`in ${shell.name}`, () => {
      it('gives folder, variables and arguments to the tool as they are, and hides tmux from it', () => {
        const cwd = path.join(folder(), hostile);
        mkdirSync(cwd);
        const program = 'process.stdout.write(JSON.stringify([process.cwd(), process.argv.slice(1), process.env]))';
        const argv = [process.execPath, '-e', program, '--', hostile, ''] as const;
        const { stdout } = run(
          { cwd, argv, env: { X: hostile, CDPATH: '/tmp', IFS: 'a' } },
          { TMUX: 'x', TMUX_PANE: '%1', PAN_TMUX_SPOOL: '/x' },
        );
        const [toolCwd, toolArgv, toolEnv] = JSON.parse(String(stdout));
        assert.equal(toolCwd, cwd);
        assert.deepEqual(toolArgv, [hostile, '']);
        assert.equal(toolEnv.X, hostile);
        assert.equal(toolEnv.PAN_LAUNCH_ID, launchId);
        assert.deepEqual([toolEnv.TMUX, toolEnv.TMUX_PANE, toolEnv.PAN_TMUX_SPOOL], [undefined, undefined, undefined]);
      });

      it('gives the whole environment to the tool, and of the inherited one only what describes the terminal', () => {
        const program = 'process.stdout.write(JSON.stringify(process.env))';
        const argv = [process.execPath, '-e', program] as const;
        const terminal = { TERM: 'tmux-256color', COLORTERM: 'truecolor', TERM_PROGRAM: 'tmux' };
        const inherited = {
          ...terminal,
          TMUX: 'x',
          SECRET: hostile,
          EMPTY: '',
          LC_ALL: 'C.UTF-8',
          IFS: 'x',
          pan_name: 'x',
          PAN_TMUX_SPOOL: '/x',
          LOOKS: 'a\nexport UID="1"\nexport 2x=3\nexport PATH\ndeclare -x UID="1"\nexport PPID',
          KEPT: 'old',
          é: 'no name',
          'BASH_FUNC_tool%%': '() { echo fooled; }',
        };
        const env = { PATH: process.env['PATH'] ?? '', KEPT: hostile, LANG: 'C', NEW: 'a\nexport SECRET="1"' };
        const { stdout, stderr } = run({ argv, env, isWholeEnv: true }, inherited);
        assert.equal(String(stderr), '');
        const found = Object.entries(JSON.parse(String(stdout))).filter(([name]) => !ofShells.includes(name));
        assert.deepEqual(Object.fromEntries(found), { ...env, ...terminal, PAN_LAUNCH_ID: launchId });
      });

      it('records the exit in a private file, atomically, and exits with the same code', () => {
        assert.equal(run({ argv: ['sh', '-c', 'exit 7'] }).status, 7);
        const { at, ...record } = exitRecord();
        assert.deepEqual(record, { launchId, exitCode: 7 });
        assert.match(at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        assert.equal(statSync(exitFile()).mode & 0o777, 0o600);
        assert.deepEqual(
          readdirSync(folder()).filter((name) => name.endsWith('.tmp')),
          [],
        );
      });

      it('leaves the tool the umask it was started with', () => {
        const umask = String(run({ argv: ['sh', '-c', 'umask'] }).stdout).trim();
        assert.equal(Number.parseInt(umask, 8), process.umask());
      });

      it('gives the tool a file as standard input when it is told to', () => {
        writeFileSync(path.join(folder(), 'in'), hostile);
        assert.equal(String(run({ argv: ['cat'], stdinFrom: path.join(folder(), 'in') }).stdout), hostile);
      });

      it('says that the folder is gone, runs nothing there, and records it', () => {
        const result = run({ cwd: path.join(folder(), 'gone'), argv: ['touch', path.join(folder(), 'ran')] });
        assert.equal(result.status, 127);
        assert.match(String(result.stderr), /the folder of this agent cannot be entered/);
        assert.equal(existsSync(path.join(folder(), 'ran')), false);
        assert.equal(exitRecord().exitCode, 127);
      });

      it('records a program that does not exist', () => {
        assert.equal(run({ argv: ['no-such-program'] }).status, 127);
        assert.equal(exitRecord().exitCode, 127);
      });

      it('survives what is meant for the tool, whose signals work as ever, and records its end', async () => {
        const program = `console.log(process.pid); setInterval(() => {}, 1000)`;
        const leader = spawn(command, [...args, write({ argv: [process.execPath, '-e', program] })], {
          detached: true,
        });
        started.push(leader);
        let output = '';
        leader.stdout.on('data', (text) => (output += text));
        await waitFor(() => output.includes('\n') || undefined, { timeoutMs, what: 'the tool to run' });
        const ended = new Promise((resolve) => leader.once('exit', (code, signal) => resolve({ code, signal })));
        // As a terminal does for Ctrl-C: to the whole process group.
        process.kill(-Number(leader.pid), 'SIGINT');
        assert.deepEqual(await ended, { code: 130, signal: null });
        assert.equal(exitRecord().exitCode, 130);
      });
    });
  }

  it('shows no value of the environment to other processes: shells export it themselves', () => {
    const text = readFileSync(write({ env: { SECRET: 'hush' }, isWholeEnv: true }), 'utf8');
    assert.deepEqual(
      text.split('\n').filter((line) => line.includes('hush')),
      ["  export SECRET='hush'"],
    );
  });

  it('refuses what cannot be expressed', () => {
    assert.throws(() => write({ cwd: 'relative' }), /not an absolute path/);
    assert.throws(() => write({ argv: ['-x'] }), /not a program/);
    assert.throws(() => write({ env: { 'a b': '' } }), /not the name of a variable/);
    assert.throws(() => write({ env: { UID: '0' } }), /keep UID for themselves/);
    assert.throws(() => write({ launchId: '$(x)' }), /not a launch id/);
    assert.throws(() => write({ argv: ['a', '\0'] }), /NUL/);
  });
});
