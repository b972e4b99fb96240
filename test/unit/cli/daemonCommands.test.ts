import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { daemonStatus } from './fakeRunner.ts';
import { runPan } from './runPan.ts';

const stopped = { ...daemonStatus, running: false, pid: null, version: null, protocolVersion: null, socket: null };
const noDaemon = { ...stopped, startedAt: null, clients: 0 };

describe('pan daemon', () => {
  it('says whether a daemon runs without starting one', async () => {
    const ran = await runPan(['daemon', 'status', '--json'], { isDaemonRunning: false });
    assert.deepEqual([ran.code, ran.connections, JSON.parse(ran.stdout)], [0, [false], noDaemon]);
    const running = await runPan(['daemon', 'status', '--json']);
    assert.deepEqual(JSON.parse(running.stdout), daemonStatus);
  });

  it('says who keeps it running', async () => {
    const pinned = await runPan(['daemon', 'status'], {
      answers: { 'daemon.status': () => ({ ...daemonStatus, pinned: true }) },
    });
    assert.match(pinned.stdout, /^The runner is up 3 h, kept running by pan up\.\n/);
    assert.match((await runPan(['daemon', 'status'])).stdout, /^The runner is up 3 h\.\n/);
  });

  it('stops it and waits until its process is gone', async () => {
    const alive = [true, true, false];
    const answers = { 'daemon.shutdown': () => undefined };
    const ran = await runPan(['daemon', 'stop'], { answers, host: { isAlive: () => alive.shift() ?? false } });
    assert.deepEqual([ran.stdout, ran.staysDown], ['The runner stopped. Your agents keep working.\n', true]);
    assert.deepEqual(alive, []);
    const stuck = await runPan(['daemon', 'stop'], { answers, host: { isAlive: () => true } });
    assert.equal(stuck.code, 1);
    assert.match(stuck.stderr, /pid 4711\) has not ended within 5 s/);
    assert.equal(stuck.staysDown, false);
  });

  it('starts a new one after the old one has gone', async () => {
    const ran = await runPan(['daemon', 'restart'], { answers: { 'daemon.shutdown': () => undefined } });
    assert.deepEqual([ran.code, ran.connections, ran.leftOpen, ran.staysDown], [0, [false, true], 0, false]);
  });

  it('is pinned by up, and unpinned and stopped by down, which may be repeated', async () => {
    const answers = { 'daemon.pin': () => ({ ...daemonStatus, pinned: true }), 'daemon.shutdown': () => undefined };
    const up = await runPan(['up'], { answers });
    assert.deepEqual(up.calls, [{ method: 'daemon.pin', params: { pinned: true } }]);
    const down = await runPan(['down'], { answers });
    assert.deepEqual(
      down.calls.map(({ method }) => method),
      ['daemon.pin', 'daemon.status', 'daemon.shutdown'],
    );
    const again = await runPan(['down'], { isDaemonRunning: false });
    assert.deepEqual([again.code, again.stdout], [0, 'The runner is not running.\n']);
    assert.deepEqual([up.staysDown, down.staysDown, again.staysDown], [false, true, true]);
  });
});

describe('pan daemon log', () => {
  let home = '';

  beforeEach(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'pan cli '));
    await mkdir(path.join(home, 'log'));
  });

  afterEach(() => rm(home, { recursive: true }));

  it('shows the last lines of a long log', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
    await writeFile(path.join(home, 'log', 'daemon.log'), `${lines.join('\n')}\n`);
    const few = await runPan(['daemon', 'log', '-n', '2'], { host: { home: () => home } });
    assert.equal(few.stdout, 'line 19998\nline 19999\n');
    const many = await runPan(['daemon', 'log', '--lines', '15000', '--json'], { host: { home: () => home } });
    assert.deepEqual(JSON.parse(many.stdout).lines, lines.slice(-15_000));
    assert.deepEqual(many.connections, []);
  });

  it('says that there is no log yet', async () => {
    const ran = await runPan(['daemon', 'log'], { host: { home: () => home } });
    assert.equal(ran.code, 1);
    assert.match(ran.stderr, /^error: There is no log yet: .*daemon\.log\nhint: .*pan up\n$/);
  });
});
