import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Spool, type SpoolListener } from '../../runner/core/events/spool.ts';
import { type FolderListener, watchFolder } from '../../runner/core/files/watchFolder.ts';
import { MovableClock } from '../support/movableClock.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { waitFor } from '../support/waitFor.ts';

describe('the spool in trouble', () => {
  const folder = useTempFolder();
  const spoolFolder = () => path.join(folder(), 'spool');
  let spool: Spool;
  let clock: MovableClock;
  let taken: string[];
  let warnings: string[];
  let watchFails: string | undefined;
  let watched: FolderListener | undefined;

  const listener: SpoolListener = {
    async onEvent(agentId, event) {
      taken.push(`${agentId} ${event.source === 'hook' ? event.event.hook_event_name : ''}`);
    },
    async onPaneDied(session) {
      taken.push(`${session} died`);
    },
  };

  beforeEach(() => {
    clock = new MovableClock();
    [taken, warnings, watchFails, watched] = [[], [], undefined, undefined];
    const note = (text: string) => void warnings.push(text);
    spool = new Spool({
      folder: spoolFolder(),
      log: { info: () => undefined, warn: note, error: note },
      clock,
      tokens: { standingOf: async () => 'right' },
      watch(name, told) {
        if (watchFails !== undefined) throw Object.assign(new Error(watchFails), { code: watchFails });
        watched = told;
        return watchFolder(name, told);
      },
    });
  });
  afterEach(() => spool.stop());

  function leave(name: string, agentId = 'agent-min-1', content?: string): void {
    const temporary = path.join(folder(), 'temporary');
    const event = {
      agentId,
      launchId: 'l',
      at: '2026-01-01T00:00:00Z',
      source: 'hook',
      event: { hook_event_name: name },
    };
    writeFileSync(temporary, content ?? JSON.stringify(event));
    renameSync(temporary, path.join(spoolFolder(), `${name}.json`));
  }

  async function tookAll(count: number): Promise<void> {
    await waitFor(() => (taken.length >= count ? true : undefined), { timeoutMs: 10_000, what: `${count} events` });
  }

  it('looks again and again where the folder cannot be watched, and says so once', async () => {
    watchFails = 'ENOSPC';
    await spool.start(listener);
    for (const name of ['First', 'Second']) {
      leave(name);
      await turn();
      clock.move(2_000);
      await waitFor(() => (taken.includes(`agent-min-1 ${name}`) ? true : undefined), {
        timeoutMs: 10_000,
        what: name,
      });
    }
    assert.deepEqual(warnings, ['the spool cannot be watched (ENOSPC); it is read every 2 s instead']);
    watchFails = undefined;
    clock.move(2_000);
    leave('Third');
    await tookAll(3);
    spool.stop();
    assert.equal(clock.waiting, 0, 'nothing ticks any more');
  });

  it('does the same when a watch breaks', async () => {
    await spool.start(listener);
    watchFails = 'EMFILE';
    watched?.onError(Object.assign(new Error('broken'), { code: 'EMFILE' }));
    leave('Later');
    clock.move(2_000);
    await tookAll(1);
    assert.deepEqual(taken, ['agent-min-1 Later']);
  });

  it('makes the folder anew when somebody removes it, and goes on', async () => {
    await spool.start(listener);
    for (const name of ['First', 'Second']) {
      rmSync(spoolFolder(), { recursive: true });
      await waitFor(() => (existsSync(spoolFolder()) ? true : undefined), { timeoutMs: 10_000, what: 'the folder' });
      await turn();
      leave(name);
      await waitFor(() => (taken.includes(`agent-min-1 ${name}`) ? true : undefined), {
        timeoutMs: 10_000,
        what: name,
      });
    }
  });

  it('takes nothing and deletes nothing once it has stopped', async () => {
    await spool.start(listener);
    spool.stop();
    leave('Late');
    await spool.drain();
    assert.deepEqual([taken, readdirSync(spoolFolder())], [[], ['Late.json']]);
  });

  it('lets nobody choose where an event is kept', async () => {
    mkdirSync(spoolFolder());
    for (const [index, agentId] of ['../../victim', '/tmp/x', 'agent-min-1/..', 'AGENT-MIN-1', 'min-1', ''].entries()) {
      leave(`Escape${index}`, agentId);
    }
    leave('Good');
    writeFileSync(path.join(spoolFolder(), 'pan.died'), '');
    writeFileSync(path.join(spoolFolder(), 'agent-min-2.died'), '');
    await spool.start(listener);
    assert.deepEqual(taken.sort(), ['agent-min-1 Good', 'agent-min-2 died']);
    assert.equal(readdirSync(spoolFolder()).filter((name) => name.startsWith('.broken-Escape')).length, 6);
    assert.equal(readdirSync(spoolFolder()).filter((name) => !name.startsWith('.')).length, 0);
  });

  it('clears away what was left over a day ago when it starts', async () => {
    mkdirSync(spoolFolder());
    const now = clock.now().getTime() / 1000;
    for (const [name, ageSeconds] of [
      ['.old.json', 90_000],
      ['.broken-old.json', 90_000],
      ['.young.json', 80_000],
      ['.broken-young.json', 80_000],
    ] as const) {
      writeFileSync(path.join(spoolFolder(), name), '');
      utimesSync(path.join(spoolFolder(), name), now - ageSeconds, now - ageSeconds);
    }
    await spool.start(listener);
    assert.deepEqual(readdirSync(spoolFolder()).sort(), ['.broken-young.json', '.young.json']);
  });
});
