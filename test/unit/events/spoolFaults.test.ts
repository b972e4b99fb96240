import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TokenStanding } from '../../../runner/core/agents/hookTokens.ts';
import { Spool } from '../../../runner/core/events/spool.ts';
import { MovableClock } from '../../support/movableClock.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('what one agent leaves in the spool', () => {
  const folder = useTempFolder();
  const spoolFolder = () => path.join(folder(), 'spool');
  const names = () => readdirSync(spoolFolder()).sort();
  let spool: Spool;
  let clock: MovableClock;
  let taken: string[];
  let logged: string[];
  let writtenAt: number;
  /** What is thrown for the events of the first agent. */
  let fault: unknown;
  let standing: (agentId: string, launchId: string, token: string | null) => TokenStanding;

  beforeEach(() => {
    mkdirSync(spoolFolder());
    clock = new MovableClock();
    [taken, logged, writtenAt, fault] = [[], [], 1_000, undefined];
    standing = () => 'right';
    const note = (text: string) => void logged.push(text);
    spool = new Spool({
      folder: spoolFolder(),
      log: { info: note, warn: note, error: note },
      clock,
      tokens: { standingOf: async (...sender) => standing(...sender) },
      // Nothing is taken but when the test asks for it.
      watch: () => () => undefined,
    });
  });
  afterEach(() => spool.stop());

  const listen = () =>
    spool.start({
      onEvent: async (agentId, event) => {
        if (agentId === 'agent-min-1' && fault !== undefined) throw fault;
        taken.push(`${agentId} ${event.source === 'hook' ? event.event.hook_event_name : ''}`);
      },
      onPaneDied: async (session) => void taken.push(`${session} died`),
    });

  function leave(name: string, agentId: string, hook: string, token?: string): void {
    const event = { hook_event_name: hook };
    const envelope = { agentId, launchId: 'l', token, at: '2026-01-01T00:00:00Z', source: 'hook', event };
    const file = path.join(spoolFolder(), name);
    writeFileSync(file, JSON.stringify(envelope));
    writtenAt += 1;
    utimesSync(file, writtenAt, writtenAt);
  }

  it('is put aside unread where it is no file', async () => {
    execFileSync('mkfifo', [path.join(spoolFolder(), 'pipe.json'), path.join(spoolFolder(), 'agent-min-3.died')]);
    mkdirSync(path.join(spoolFolder(), 'folder.json'));
    writeFileSync(path.join(folder(), 'elsewhere'), '{}');
    symlinkSync(path.join(folder(), 'elsewhere'), path.join(spoolFolder(), 'link.json'));
    leave('good.json', 'agent-min-2', 'Stop');
    await listen();
    assert.deepEqual(taken, ['agent-min-2 Stop']);
    assert.deepEqual(
      names(),
      ['pipe.json', 'agent-min-3.died', 'folder.json', 'link.json'].map((name) => `.broken-${name}`).sort(),
    );
  });

  it('is put aside at once where the runner makes a mistake with it', async () => {
    fault = new TypeError('Cannot convert object to primitive value');
    leave('1.json', 'agent-min-1', 'SessionStart');
    leave('2.json', 'agent-min-2', 'Stop');
    await listen();
    assert.deepEqual([taken, names()], [['agent-min-2 Stop'], ['.broken-1.json']]);
    assert.match(logged.join('\n'), /1\.json cannot be taken/);
  });

  it('waits in order where it cannot be written down, and holds up nobody else', async () => {
    fault = Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    leave('1.json', 'agent-min-1', 'UserPromptSubmit');
    leave('2.json', 'agent-min-2', 'Stop');
    leave('3.json', 'agent-min-1', 'Stop');
    await listen();
    assert.deepEqual([taken, names()], [['agent-min-2 Stop'], ['1.json', '3.json']]);
    fault = undefined;
    clock.move(2_000);
    await spool.drain();
    assert.deepEqual(taken.slice(1), ['agent-min-1 UserPromptSubmit', 'agent-min-1 Stop']);
    assert.deepEqual(names(), []);
    assert.equal(clock.waiting, 0, 'nothing ticks any more');
  });

  it('is put aside when it could not be taken for ten minutes', async () => {
    fault = Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    leave('1.json', 'agent-min-1', 'UserPromptSubmit');
    leave('2.json', 'agent-min-1', 'Stop');
    await listen();
    clock.move(10 * 60_000);
    await spool.drain();
    assert.deepEqual(names(), ['1.json', '2.json']);
    clock.move(2_000);
    await spool.drain();
    assert.deepEqual(names(), ['.broken-1.json', '.broken-2.json']);
    assert.equal(logged.filter((text) => /not taken yet/.test(text)).length, 1);
    fault = undefined;
    leave('3.json', 'agent-min-1', 'SessionStart');
    await spool.drain();
    assert.deepEqual(taken, ['agent-min-1 SessionStart']);
  });

  it('is taken once, also where it cannot be removed', async () => {
    await listen();
    leave('1.json', 'agent-min-1', 'Stop');
    chmodSync(spoolFolder(), 0o500);
    try {
      await spool.drain();
      await spool.drain();
    } finally {
      chmodSync(spoolFolder(), 0o700);
    }
    await spool.drain();
    assert.deepEqual([taken, names()], [['agent-min-1 Stop'], []]);
  });

  it('does not pile up where it was put aside', async () => {
    await listen();
    writeFileSync(path.join(spoolFolder(), '1.json'), 'broken');
    utimesSync(path.join(spoolFolder(), '1.json'), 1_000, 1_000);
    clock.move(25 * 60 * 60_000);
    await spool.drain();
    assert.deepEqual(names(), []);
  });

  it('counts only with the token of its present launch, or from before there were tokens', async () => {
    standing = (agentId, _, token) => (agentId === 'agent-min-9' ? 'none' : token === 'mine' ? 'right' : 'wrong');
    leave('1.json', 'agent-min-1', 'Right', 'mine');
    leave('2.json', 'agent-min-1', 'Forged', 'another');
    leave('3.json', 'agent-min-1', 'Bare');
    leave('4.json', 'agent-min-9', 'Old');
    await listen();
    assert.deepEqual(taken, ['agent-min-1 Right', 'agent-min-9 Old']);
    assert.deepEqual(names(), ['.broken-2.json', '.broken-3.json']);
    assert.match(logged.join('\n'), /2\.json was put aside: it has not the token of agent-min-1/);
    assert.ok(!logged.join('\n').includes('another'));
  });

  it('is dropped where it is of an earlier launch, and waits while its token cannot be read', async () => {
    standing = () => 'former';
    leave('1.json', 'agent-min-1', 'Late', 'old');
    await listen();
    assert.deepEqual([taken, names()], [[], []]);
    standing = () => 'unknown';
    leave('2.json', 'agent-min-1', 'Stop', 'mine');
    await spool.drain();
    assert.deepEqual([taken, names()], [[], ['2.json']]);
  });
});
