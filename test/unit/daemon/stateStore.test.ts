import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AgentStore } from '../../../runner/core/agents/agentStore.ts';
import { tryProcessLock } from '../../../runner/core/files/processLock.ts';
import { createPaths } from '../../../runner/core/paths.ts';
import { systemClock } from '../../../runner/core/systemClock.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the state of an agent that cannot be read', () => {
  const folder = useTempFolder();
  const stateFile = () => createPaths(folder()).agent('agent-min-1').state;
  const store = () => new AgentStore({ paths: createPaths(folder()), clock: systemClock, log });

  beforeEach(() => mkdirSync(path.dirname(stateFile()), { recursive: true }));

  it('stays in its place where it is the system that refuses, and is read once it does not', async () => {
    symlinkSync(stateFile(), stateFile());
    const agents = store();
    for (let look = 0; look < 2; look += 1) {
      const found = await agents.get('agent-min-1');
      assert.equal(found?.kind === 'unreadable' && found.reason, 'state.json cannot be read (ELOOP)');
      assert.deepEqual(readdirSync(path.dirname(stateFile())), ['state.json']);
    }
    unlinkSync(stateFile());
    assert.equal(await agents.get('agent-min-1'), undefined);
  });

  it('is not remembered as unreadable when what was put aside could not be read', async () => {
    symlinkSync(`${stateFile()}.broken`, `${stateFile()}.broken`);
    const agents = store();
    assert.equal((await agents.get('agent-min-1'))?.kind, 'unreadable');
    unlinkSync(`${stateFile()}.broken`);
    assert.equal(await agents.get('agent-min-1'), undefined);
  });

  it('is put aside where it is the content that is wrong', async () => {
    writeFileSync(stateFile(), '{"schema":1');
    const found = await store().get('agent-min-1');
    assert.match(
      found?.kind === 'unreadable' ? found.reason : '',
      /not complete JSON; it was kept as state\.json\.broken/,
    );
    assert.ok(existsSync(`${stateFile()}.broken`) && !existsSync(stateFile()));
    renameSync(`${stateFile()}.broken`, stateFile());
  });
});

describe('a lock', () => {
  const folder = useTempFolder();

  it('is not taken by a process that cannot say when it started, for anybody could take it over', async () => {
    const file = path.join(folder(), 'daemon.lock');
    const deps = { self: { pid: process.pid, startTime: '' }, startTimeOf: async () => undefined };
    await assert.rejects(tryProcessLock(file, deps), /without a start time/);
    assert.deepEqual(readdirSync(folder()), []);
  });
});
