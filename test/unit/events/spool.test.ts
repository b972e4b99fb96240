import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Spool, type SpoolListener } from '../../../runner/core/events/spool.ts';
import { systemClock } from '../../../runner/core/systemClock.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('the spool', () => {
  const folder = useTempFolder();
  let spool: Spool;
  let taken: string[];
  let fails: boolean;
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (text: string) => void warnings.push(text), error: () => undefined };
  const listener: SpoolListener = {
    async onEvent(agentId, event) {
      if (fails) throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
      taken.push(`${agentId} ${event.source === 'hook' ? event.event.hook_event_name : ''}`);
    },
    async onPaneDied(session) {
      taken.push(`${session} died`);
    },
  };

  beforeEach(() => {
    mkdirSync(path.join(folder(), 'spool'));
    const tokens = { standingOf: async () => 'right' as const };
    spool = new Spool({ folder: path.join(folder(), 'spool'), log, clock: systemClock, tokens });
    taken = [];
    fails = false;
  });
  afterEach(() => spool.stop());

  const names = () => readdirSync(path.join(folder(), 'spool')).sort();

  function leave(name: string, content: string, atSeconds?: number): void {
    const temporary = path.join(folder(), 'temporary');
    writeFileSync(temporary, content);
    if (atSeconds !== undefined) utimesSync(temporary, atSeconds, atSeconds);
    renameSync(temporary, path.join(folder(), 'spool', name));
  }

  function event(hook: string, at: unknown = '2026-01-01T00:00:00Z'): string {
    const fields = { agentId: 'agent-min-1', launchId: 'launch', at, source: 'hook' };
    return JSON.stringify({ ...fields, event: { hook_event_name: hook } });
  }

  it('takes what was left while nobody listened, in the order in which it was written', async () => {
    leave('9.json', event('First'), 1_000);
    leave('agent-min-2.died', '', 1_001);
    leave('1.json', event('Second'), 1_002);
    await spool.start(listener);
    assert.deepEqual(taken, ['agent-min-1 First', 'agent-min-2 died', 'agent-min-1 Second']);
    assert.deepEqual(names(), []);
  });

  it('takes what comes while it listens', async () => {
    await spool.start(listener);
    leave('1.json', event('Later'));
    await waitFor(() => (taken.length > 0 ? true : undefined), { timeoutMs: 10_000, what: 'the event' });
    assert.deepEqual(taken, ['agent-min-1 Later']);
  });

  it('loses nothing when it is asked to drain before anybody listens', async () => {
    leave('1.json', event('Early'));
    await spool.drain();
    assert.deepEqual(names(), ['1.json']);
    await spool.start(listener);
    assert.deepEqual(taken, ['agent-min-1 Early']);
  });

  it('keeps an event that could not be taken, and takes it the next time', async () => {
    fails = true;
    leave('1.json', event('Stubborn'));
    await spool.start(listener);
    assert.deepEqual(names(), ['1.json']);
    fails = false;
    await spool.drain();
    assert.deepEqual([taken, names()], [['agent-min-1 Stubborn'], []]);
  });

  for (const [what, content] of [
    ['empty', ''],
    ['cut off', event('Cut').slice(0, 30)],
    ['no event', '{"agentId":"agent-min-1"}'],
    ['what only the runner says', runnerEvent()],
    ['an event of no time', event('Timeless', 'yesterday')],
    ['an array', '[]'],
    ['hostile', '{"__proto__":{"agentId":"agent-min-1"},"source":"hook"}'],
    ['larger than 8 MB', ' '.repeat(9 * 1024 * 1024)],
  ] as const) {
    it(`puts aside a file that is ${what}, and takes the others`, async () => {
      leave('1.json', content, 1_000);
      leave('2.json', event('Good'), 1_001);
      await spool.start(listener);
      assert.deepEqual(taken, ['agent-min-1 Good']);
      assert.deepEqual(names(), ['.broken-1.json']);
      assert.match(warnings.at(-1) ?? '', /1\.json was put aside/);
    });
  }
});

function runnerEvent(): string {
  const event = { type: 'died', exitCode: 0, signal: null };
  return JSON.stringify({
    agentId: 'agent-min-1',
    source: 'runner',
    at: '2026-01-01T00:00:00Z',
    launchId: 'launch',
    event,
  });
}
