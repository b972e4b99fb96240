import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportEvent, type SpooledEvent } from '../../../runner/core/runtimes/rehearsal/program/reportEvent.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('reporting an event to a spool folder', () => {
  const folder = useTempFolder();

  it('leaves private files that sort in the order of reporting', () => {
    const events = Array.from({ length: 30 }, (_, index) => event({ hook_event_name: 'Stop', index }));
    for (const each of events) reportEvent(folder(), each);
    const names = readdirSync(folder()).sort();
    assert.deepEqual(
      names.map((name): unknown => JSON.parse(readFileSync(join(folder(), name), 'utf8'))),
      events,
    );
    for (const name of names) {
      assert.match(name, new RegExp(`^\\d{15}-${process.pid}-\\d{6}\\.json$`));
      assert.equal(statSync(join(folder(), name)).mode & 0o777, 0o600);
    }
  });

  it('loses the event and does not throw when the folder is missing or is a file', () => {
    reportEvent(join(folder(), 'missing'), event({}));
    writeFileSync(join(folder(), 'file'), '');
    reportEvent(join(folder(), 'file'), event({}));
    mkdirSync(join(folder(), 'empty'));
    assert.deepEqual(readdirSync(folder()).sort(), ['empty', 'file']);
  });
});

function event(fields: Readonly<Record<string, unknown>>): SpooledEvent {
  return { agentId: 'agent-min-1', launchId: 'l', at: '2026-01-01T00:00:00.000Z', source: 'hook', event: fields };
}
