import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { Clock } from '../../../runner/core/ports.ts';
import type { SpawnPiped } from '../../../runner/core/spawnPiped.ts';
import type { Pane } from '../../../runner/core/tmux/pane.ts';
import { PaneWatch } from '../../../runner/core/tmux/paneWatch.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { unrefClock } from '../../support/unrefClock.ts';
import { useTmux } from '../../support/useTmux.ts';
import { waitFor } from '../../support/waitFor.ts';

const timeoutMs = 10_000;
const watchProcess = path.join(import.meta.dirname, '../../support/paneWatchProcess.ts');

describe('the watch over all panes', () => {
  const watches: PaneWatch[] = [];
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const watch of watches.splice(0)) watch.stop();
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  const tmux = useTmux(useTempFolder());

  async function start(options: { spawnPiped?: SpawnPiped; clock?: Clock } = {}): Promise<PaneWatch> {
    const { server, spawnPiped, log } = tmux();
    const watch = new PaneWatch({ server, spawnPiped, clock: unrefClock, log, ...options });
    watches.push(watch);
    await watch.start();
    return watch;
  }

  const paneIn = (watch: PaneWatch, session: string): Pane | undefined => {
    const snapshot = watch.snapshot();
    return snapshot.kind === 'ok' ? snapshot.panes.get(session) : undefined;
  };
  const connected = (watch: PaneWatch): Promise<number> =>
    waitFor(() => watch.clientPid, { timeoutMs, what: 'the control client' });
  const gone = (pid: number): Promise<true> =>
    waitFor(async () => (await tmux().platform.startTimeOf(pid)) === undefined || undefined, {
      timeoutMs,
      what: `${pid} to end`,
    });

  it('is quiet while no server runs, and begins when a session was started', async () => {
    const watch = await start();
    assert.deepEqual([watch.snapshot(), watch.clientPid], [{ kind: 'noServer' }, undefined]);
    const leader = await tmux().run('agent-min-1', ['sleep', '1000']);
    await watch.ensureStarted('agent-min-1');
    assert.equal(paneIn(watch, 'agent-min-1')?.pid, leader.pid);
    await connected(watch);
  });

  it('tells of a session that died while it was expected, once what is read of it counts', async () => {
    const watch = await start();
    watch.expect('agent-min-1');
    await tmux().run('agent-min-1', ['false']);
    await waitFor(
      async () => {
        await watch.refresh();
        return paneIn(watch, 'agent-min-1')?.exitStatus ?? undefined;
      },
      { timeoutMs, what: 'the death' },
    );
    assert.equal(watch.isExpected('agent-min-1'), true);
    const told: string[] = [];
    watch.onChange((sessions) => told.push(...(sessions === 'all' ? ['all'] : sessions)));
    await watch.ensureStarted('agent-min-1');
    assert.equal(watch.isExpected('agent-min-1'), false);
    assert.ok(told.includes('agent-min-1'));
  });

  it('tells deaths, titles, new and ended sessions without starting a process', async () => {
    const exits = await tmux().run('agent-min-1', ['sleep', '1000']);
    const killed = await tmux().run('agent-min-2', ['sleep', '1000']);
    const titled = ['sh', '-c', `read x; printf '\\033]2;✳ busy | 1\\007'; read x`] as const;
    await tmux().run('agent-min-3', [...titled]);
    const watch = await start();
    await connected(watch);
    const told = new Set<string>();
    watch.onChange((sessions) => {
      for (const session of sessions) told.add(session);
    });
    await watch.refresh();
    await tmux().server.type('agent-min-3', [{ kind: 'key', key: 'Enter' }]);
    const before = tmux().starts();

    process.kill(exits.pid, 'SIGKILL');
    const child = (await tmux().platform.list()).find((facts) => facts.parentPid === killed.pid);
    process.kill(Number(child?.pid), 'SIGKILL');
    await waitFor(() => paneIn(watch, 'agent-min-1')?.signal === 9 || undefined, {
      timeoutMs,
      what: 'the killed leader',
    });
    await waitFor(() => paneIn(watch, 'agent-min-2')?.exitStatus === 137 || undefined, {
      timeoutMs,
      what: 'the killed tool',
    });
    await waitFor(() => paneIn(watch, 'agent-min-3')?.title === '✳ busy | 1' || undefined, {
      timeoutMs,
      what: 'the title',
    });
    assert.deepEqual([...told].sort(), ['agent-min-1', 'agent-min-2', 'agent-min-3']);
    assert.equal(tmux().starts(), before);

    await tmux().run('agent-min-4', ['sleep', '1000']);
    await tmux().server.killSession('agent-min-1');
    await waitFor(() => paneIn(watch, 'agent-min-4'), { timeoutMs, what: 'the new session' });
    await waitFor(() => paneIn(watch, 'agent-min-1') === undefined || undefined, {
      timeoutMs,
      what: 'the ended session',
    });
    assert.deepEqual(
      (await tmux().server.listPanes()).map((pane) => pane.session),
      ['agent-min-2', 'agent-min-3', 'agent-min-4'],
    );
  });

  it('knows at once what happened when it is asked to look', async () => {
    const leader = await tmux().run('agent-min-1', ['sleep', '1000']);
    const watch = await start();
    await connected(watch);
    process.kill(leader.pid, 'SIGKILL');
    await waitFor(
      async () => {
        await Promise.all([watch.refresh(), watch.refresh(), watch.refresh()]);
        return paneIn(watch, 'agent-min-1')?.dead || undefined;
      },
      { timeoutMs, what: 'the death' },
    );
  });

  it('gets a new control client when its own is killed', async () => {
    const leader = await tmux().run('agent-min-1', ['sleep', '1000']);
    const watch = await start();
    const first = await connected(watch);
    process.kill(first, 'SIGKILL');
    await waitFor(() => (watch.clientPid !== undefined && watch.clientPid !== first) || undefined, {
      timeoutMs,
      what: 'a new client',
    });
    assert.equal(paneIn(watch, 'agent-min-1')?.dead, false);
    process.kill(leader.pid, 'SIGKILL');
    await waitFor(() => paneIn(watch, 'agent-min-1')?.dead || undefined, { timeoutMs, what: 'the death' });
  });

  it('gets a new control client when somebody ends the session it sits on', async () => {
    await tmux().run('agent-min-1', ['sleep', '1000']);
    const watch = await start();
    const first = await connected(watch);
    await watch.refresh();
    await tmux().server.killSession('pan-watch');
    await waitFor(() => (watch.clientPid !== undefined && watch.clientPid !== first) || undefined, {
      timeoutMs,
      what: 'a new client',
    });
  });

  it('says that no server runs when it was killed, and leaves no client and no timer', async () => {
    await tmux().run('agent-min-1', ['sleep', '1000']);
    const timers = countingClock();
    const watch = await start({ clock: timers.clock });
    const client = await connected(watch);
    await watch.refresh();
    const told: string[] = [];
    watch.onChange((sessions) => told.push(...(sessions === 'all' ? ['all'] : sessions)));
    await tmux().server.killServer();
    await waitFor(() => watch.snapshot().kind === 'noServer' || undefined, {
      timeoutMs,
      what: 'the server to be missed',
    });
    await gone(client);
    assert.deepEqual(told, ['agent-min-1']);
    assert.equal(watch.clientPid, undefined);
    assert.equal(timers.pending(), 0);
  });

  it('goes on with processes where control mode fails', async () => {
    const leader = await tmux().run('agent-min-1', ['sleep', '1000']);
    const spawnPiped: SpawnPiped = (_command, _args, handlers) => tmux().spawnPiped('false', [], handlers);
    const watch = await start({ spawnPiped });
    await watch.refresh();
    assert.equal(paneIn(watch, 'agent-min-1')?.pid, leader.pid);
  });

  it('tells that everything may be another when tmux stops to answer, and when it answers again', async () => {
    await tmux().run('agent-min-1', ['sleep', '1000']);
    const { server, spawnPiped, log } = tmux();
    let answers = true;
    const hanging = {
      controlArgv: () => ['false'] as const,
      readPanes: () => (answers ? server.readPanes() : Promise.reject(new Error('tmux did not answer within 10 s'))),
    };
    const watch = new PaneWatch({ server: hanging as unknown as typeof server, spawnPiped, clock: unrefClock, log });
    watches.push(watch);
    await watch.start();
    const told: unknown[] = [];
    watch.onChange((sessions) => told.push(sessions));
    answers = false;
    for (const _ of [1, 2]) await watch.refresh();
    assert.deepEqual([watch.snapshot().kind, told], ['failed', ['all']]);
    answers = true;
    await server.killServer();
    for (const _ of [1, 2]) await watch.refresh();
    assert.deepEqual([watch.snapshot().kind, told], ['noServer', ['all', 'all']]);
  });

  it('ends its control client when it stops', async () => {
    await tmux().run('agent-min-1', ['sleep', '1000']);
    const watch = await start();
    const client = await connected(watch);
    watch.stop();
    await gone(client);
  });

  for (const mode of ['stay', 'leave']) {
    it(`${mode === 'stay' ? 'leaves no control client behind a daemon that is killed' : 'does not keep a process that has nothing else to do'}`, async () => {
      await tmux().run('agent-min-1', ['sleep', '1000']);
      const args = [
        ...process.execArgv,
        '--import',
        'tsx',
        watchProcess,
        path.join(tmux().folder, 's'),
        tmux().folder,
        mode,
      ];
      const daemon = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      children.push(daemon);
      const ended = new Promise((resolve) => daemon.once('exit', resolve));
      let output = '';
      daemon.stdout.on('data', (text) => (output += text));
      await waitFor(() => output.endsWith('\n') || undefined, { timeoutMs: 30_000, what: 'the daemon to watch' });
      const [pid, kind] = output.trim().split(' ');
      assert.equal(kind, 'ok');
      if (mode === 'stay') daemon.kill('SIGKILL');
      await ended;
      await gone(Number(pid));
      assert.equal((await tmux().server.listPanes()).length, 1);
    });
  }
});

function countingClock(): { clock: Clock; pending: () => number } {
  const pending = new Set<object>();
  const clock: Clock = {
    ...unrefClock,
    after(ms, run) {
      const timer = {};
      pending.add(timer);
      const cancel = unrefClock.after(ms, () => {
        pending.delete(timer);
        run();
      });
      return () => {
        pending.delete(timer);
        cancel();
      };
    },
  };
  return { clock, pending: () => pending.size };
}
