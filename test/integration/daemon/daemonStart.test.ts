import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { DaemonStatus } from '../../../runner/protocol/models.ts';
import { anotherDaemonRuns, daemonPlaces } from '../../../runner/protocol/places.ts';
import { panProgram } from '../../support/pan.ts';
import { patienceMs, type RunnerHome, useRunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('the start of a daemon', () => {
  const the = useRunnerHome();

  it('is done by the first command that needs one, and not by one that only asks', async () => {
    const asked = await the().json<DaemonStatus>(['daemon', 'status']);
    assert.deepEqual([asked.running, asked.pid], [false, null]);
    assert.deepEqual(await the().daemons(), []);
    await the().json(['status']);
    const after = await the().json<DaemonStatus>(['daemon', 'status']);
    assert.deepEqual([after.running, await the().daemons()], [true, [after.pid]]);
  });

  it('is refused while another one runs, which is not disturbed', async () => {
    const { pid, startedAt } = await the().json<DaemonStatus>(['up']);
    assert.equal(await exitOfDaemon(the()), anotherDaemonRuns);
    const after = await the().json<DaemonStatus>(['daemon', 'status']);
    assert.deepEqual([after.pid, after.startedAt], [pid, startedAt]);
  });

  it('makes the folder and the socket private', async () => {
    const { socket } = await the().json<DaemonStatus>(['up']);
    assert.equal(lstatSync(socket ?? '').mode & 0o777, 0o600);
    assert.equal(lstatSync(path.dirname(socket ?? '')).mode & 0o777, 0o700);
    assert.equal(lstatSync(the().home).mode & 0o777, 0o700);
    for (const file of [the().paths.configFile, the().paths.logFile])
      assert.equal(lstatSync(file).mode & 0o077, 0, file);
  });

  for (const left of ['', 'garbage', JSON.stringify({ pid: 1, startTime: 'x', nonce: 'ab' })]) {
    it(`takes over a lock that says ${JSON.stringify(left)}`, async () => {
      const { runFolder, lockFile } = daemonPlaces(the().home);
      mkdirSync(runFolder, { recursive: true, mode: 0o700 });
      writeFileSync(lockFile, left);
      const { pid } = await the().json<DaemonStatus>(['up']);
      assert.equal((JSON.parse(readFileSync(lockFile, 'utf8')) as { pid: number }).pid, pid);
    });
  }

  it('gets past a socket whose daemon is dead', async () => {
    const { pid, socket } = await the().json<DaemonStatus>(['up']);
    process.kill(pid ?? 0, 'SIGKILL');
    await waitFor(async () => ((await the().daemons()).length === 0 ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the daemon to die',
    });
    assert.ok(existsSync(socket ?? ''), 'the dead one left its socket');
    assert.notEqual((await the().json<DaemonStatus>(['up'])).pid, pid);
  });

  it('leaves neither lock nor socket when it is asked to stop, and stopping twice is fine', async () => {
    const { socket } = await the().json<DaemonStatus>(['up']);
    await the().json(['down']);
    assert.deepEqual([existsSync(socket ?? ''), existsSync(daemonPlaces(the().home).lockFile)], [false, false]);
    await the().json(['down']);
    await the().json(['daemon', 'stop']);
  });

  it('removes the mark of a person who stopped the one before, which pan down and pan daemon stop leave', async () => {
    const { downFile } = daemonPlaces(the().home);
    for (const stop of [['down'], ['daemon', 'stop']]) {
      await the().json(['up']);
      assert.equal(existsSync(downFile), false);
      await the().json(stop);
      assert.equal(existsSync(downFile), true, stop.join(' '));
    }
    await the().json(['down']);
    assert.equal(existsSync(downFile), true);
    await the().json(['daemon', 'restart']);
    assert.equal(existsSync(downFile), false);
  });

  it('ends when it is asked to, also while a client hangs that never closes its end', async () => {
    const { socket, pid } = await the().json<DaemonStatus>(['up']);
    const hanging = net.connect({ path: socket ?? '', allowHalfOpen: true });
    await once(hanging, 'connect');
    hanging.on('error', () => undefined);
    try {
      await the().json(['daemon', 'stop']);
      assert.deepEqual(await the().daemons(), [], `${pid} has ended`);
    } finally {
      hanging.destroy();
    }
  });

  it('refuses a run folder that others may enter, and says what to type', async () => {
    const { runFolder } = daemonPlaces(the().home);
    mkdirSync(runFolder, { recursive: true, mode: 0o755 });
    const { code, stderr } = await the().pan(['status']);
    assert.equal(code, 1);
    assert.match(stderr, /must be yours alone[\s\S]*chmod 700/);
  });

  it('writes a log that says so', async () => {
    const { pid } = await the().json<DaemonStatus>(['up']);
    const { stdout } = await the().pan(['daemon', 'log']);
    assert.match(stdout, new RegExp(`started, pid ${pid}`));
  });
});

describe('daemons of a HOME whose path is too long for a socket', () => {
  const the = useRunnerHome({ homeName: `${'deep '.repeat(24)}/$(touch x)` });

  it('agree on one folder for the sockets, also when several start at the same moment', async function () {
    // Sixty processes, one after the other where the machine is busy.
    this.timeout(120_000);
    const { socketFolderFile } = daemonPlaces(the().home);
    for (let round = 0; round < 10; round++) {
      rmSync(socketFolderFile, { force: true });
      const codes: (number | null)[] = [];
      const starters = Array.from({ length: 4 }, async () => codes.push(await exitOfDaemon(the())));
      // One that comes later than the end of the first would start anew.
      await waitFor(() => (codes.length === starters.length - 1 ? true : undefined), {
        timeoutMs: patienceMs,
        what: 'all but one to give up',
      });
      const begunMs = performance.now();
      const { socket } = await the().json<DaemonStatus>(['up']);
      assert.ok(performance.now() - begunMs < 10_000, 'the running daemon was found at once');
      assert.equal(path.dirname(socket ?? ''), readFileSync(socketFolderFile, 'utf8'));
      await the().json(['down']);
      await Promise.all(starters);
      assert.deepEqual(codes, [anotherDaemonRuns, anotherDaemonRuns, anotherDaemonRuns, 0]);
    }
  });
});

/** Starts the daemon's program itself and resolves with its exit code. */
async function exitOfDaemon(home: RunnerHome): Promise<number | null> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: home.userHome, PANOPTICON_HOME: home.home, ...home.env };
  const child = spawn(process.execPath, [path.join(path.dirname(panProgram), 'runner.js')], {
    cwd: '/',
    env,
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
