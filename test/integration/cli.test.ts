import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pan, panJson, panProgram } from '../support/pan.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { waitFor } from '../support/waitFor.ts';

interface DaemonStatus {
  running: boolean;
  pid: number | null;
  pinned: boolean;
}

describe('dist/pan.js', () => {
  const folder = useTempFolder('pan cli ');
  const home = () => path.join(folder(), '.panopticon');

  afterEach(async () => {
    await pan(['down'], { home: home() });
  });

  it('says the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const flag of ['--version', '-v']) {
      assert.deepEqual(await pan([flag], { home: home() }), { code: 0, stdout: `${version}\n`, stderr: '' });
    }
  });

  it('starts no daemon to say that none runs, nor to stop it', async () => {
    const status = await panJson<DaemonStatus>(['daemon', 'status'], { home: home() });
    assert.equal(status.running, false);
    const down = await pan(['down'], { home: home() });
    assert.deepEqual([down.code, down.stdout], [0, 'The runner is not running.\n']);
  });

  it('starts the daemon when it is needed, pins it, and stops it', async () => {
    const first = await pan(['status'], { home: home() });
    assert.deepEqual([first.code, first.stderr], [0, '']);
    assert.match(first.stdout, /Register a repository: pan project add <path>/);
    const up = await panJson<DaemonStatus>(['up'], { home: home() });
    assert.deepEqual([up.running, up.pinned], [true, true]);
    const restarted = await panJson<DaemonStatus>(['daemon', 'restart'], { home: home() });
    assert.notEqual(restarted.pid, up.pid);
    const stopped = await pan(['down'], { home: home() });
    assert.equal(stopped.stdout, 'The runner stopped. Your agents keep working.\n');
    assert.equal((await panJson<DaemonStatus>(['daemon', 'status'], { home: home() })).running, false);
  });

  it('writes all of a long output into a pipe', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index} of the log`);
    mkdirSync(path.join(home(), 'log'), { recursive: true });
    writeFileSync(path.join(home(), 'log', 'daemon.log'), `${lines.join('\n')}\n`);
    const log = await panJson<{ lines: string[] }>(['daemon', 'log', '-n', '20000'], { home: home() });
    assert.deepEqual(log.lines, lines);
  });

  it('ends quietly when nobody reads on', async () => {
    const lines = 'a line of the log\n'.repeat(200_000);
    mkdirSync(path.join(home(), 'log'), { recursive: true });
    writeFileSync(path.join(home(), 'log', 'daemon.log'), lines);
    const env = { PANOPTICON_HOME: home(), HOME: folder() };
    const child = spawn(process.execPath, [panProgram, 'daemon', 'log', '-n', '200000'], { env });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = await once(child, 'close');
    assert.deepEqual([code, stderr], [0, '']);
  });

  it('follows the log', async () => {
    const log = path.join(home(), 'log', 'daemon.log');
    mkdirSync(path.dirname(log), { recursive: true });
    writeFileSync(log, 'first\nsecond\n');
    const env = { PANOPTICON_HOME: home(), HOME: folder() };
    const child = spawn(process.execPath, [panProgram, 'daemon', 'log', '-n', '1', '-f'], { env });
    try {
      let seen = '';
      child.stdout.on('data', (chunk: Buffer) => {
        seen += chunk.toString();
      });
      const until = (text: string) =>
        waitFor(() => (seen === text ? true : undefined), { timeoutMs: 10_000, what: `${text} in ${seen}` });
      await until('second\n');
      appendFileSync(log, 'third\n');
      await until('second\nthird\n');
    } finally {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
  });

  it('says in one sentence that its output cannot be written', async () => {
    const unwritable = openSync('package.json', 'r');
    try {
      const env = { PANOPTICON_HOME: home(), HOME: folder() };
      const args = [panProgram, 'daemon', 'status', '--json'];
      const ran = spawnSync(process.execPath, args, { env, stdio: ['ignore', unwritable, 'pipe'], encoding: 'utf8' });
      assert.equal(ran.status, 1);
      assert.match(ran.stderr, /^error: The output could not be written: EBADF\.\nhint: [^\n]*\n$/);
    } finally {
      closeSync(unwritable);
    }
  });

  it('reads a hook event outside of any agent without a word', async () => {
    const ran = await pan(['hook'], { home: home(), input: '{"hook_event_name":"Stop"}' });
    assert.deepEqual(ran, { code: 0, stdout: '', stderr: '' });
  });

  it('refuses a bad id in one line, from the runner', async () => {
    const ran = await pan(['issue', 'show', '../../etc/passwd', '--json'], { home: home() });
    assert.equal(typeof JSON.parse(ran.stdout).error.message, 'string');
    assert.ok(ran.code === 1 || ran.code === 2, `exit code ${ran.code}`);
  });

  it('checks the machine without a daemon', async () => {
    const ran = await pan(['doctor', '--json'], { home: home() });
    const report = JSON.parse(ran.stdout);
    assert.equal(ran.code, report.ok ? 0 : 1);
    const names: string[] = report.checks.map(({ name }: { name: string }) => name);
    assert.ok(names.includes('git') && names.includes('tmux'), names.join());
    assert.equal((await panJson<DaemonStatus>(['daemon', 'status'], { home: home() })).running, false);
  });
});
