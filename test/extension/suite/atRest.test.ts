import assert from 'node:assert/strict';
import childProcess from 'node:child_process';
import type { App } from '../../../extension/src/app.ts';
import { patienceMs, RunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import { ownApp } from './support/ownApp.ts';
import { OwnTimers } from './support/ownTimers.ts';
import { recordCalls } from './support/recordCalls.ts';

const looks = 3;
const timerMakers = ['setTimeout', 'setInterval'];
const processMakers = ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'];

describe('the extension, left alone', () => {
  const home = new RunnerHome({ folder: process.env['PAN_TEST_FOLDER'] });
  let app: App;
  let timers: OwnTimers;
  before(async () => {
    app = await ownApp();
    timers = new OwnTimers();
  });
  after(() => timers.dispose());

  it('has no timer and makes none', async () => {
    await settled();
    const recorded = recordCalls(globalThis, timerMakers);
    try {
      for (let look = 0; look < looks; look += 1) {
        assert.deepEqual(timers.list(), []);
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      recorded.stop();
    }
    assert.deepEqual(recorded.calls, []);
  });

  it('has one timer while its runner is stopped, and none once it is back', async () => {
    await settled();
    await home.pan(['down']);
    const waiting = await waitFor(() => (app.runner.state === 'down' ? timers.list().at(0) : undefined), {
      timeoutMs: patienceMs,
      what: 'the extension to wait for its runner',
    });
    assert.equal(waiting.repeats, false);
    const recorded = recordCalls(globalThis, timerMakers);
    try {
      await home.pan(['up']);
      await waitFor(() => (app.runner.state === 'ready' ? true : undefined), {
        timeoutMs: patienceMs,
        what: 'the connection',
      });
      await Promise.all([app.fleet.refresh([]), app.fleet.refresh([])]);
      await app.fleet.refresh([]);
    } finally {
      recorded.stop();
    }
    // What pauses between two fetches is made by the extension's code, and is told of.
    assert.ok(recorded.calls.length > 0);
    await settled();
  });

  it('starts no process while agents come, work and go', async () => {
    const recorded = recordCalls(childProcess, processMakers);
    try {
      home.script([[{ say: 'Ready.' }]]);
      if (app.projects.ofWindow().length === 0) await home.addProject('RST');
      const id = await home.issue('Rest');
      await home.json(['work', 'issue', id, '--runtime', 'rehearsal']);
      const { id: agentId } = await home.agent(id, 'idle');
      await waitFor(() => (app.fleet.get(agentId)?.status === 'idle' ? true : undefined), {
        timeoutMs: patienceMs,
        what: 'the extension to know of the agent',
      });
      await home.pan(['work', 'kill', id]);
      await waitFor(() => (app.fleet.get(agentId)?.status === 'stopped' ? true : undefined), {
        timeoutMs: patienceMs,
        what: 'the extension to know of its end',
      });
    } finally {
      recorded.stop();
    }
    assert.deepEqual(recorded.calls, []);
  });

  function settled(): Promise<true> {
    return waitFor(() => (app.runner.state === 'ready' && timers.list().length === 0 ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the extension to have no timer',
    });
  }
});
