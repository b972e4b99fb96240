import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DaemonStatus, TellResult } from '../../../runner/protocol/models.ts';
import { patienceMs, type RunnerHome, useRunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('messages to an agent', () => {
  const the = useRunnerHome();

  /** Starts an agent that asks a permission first and then writes each message, and a bar, to a file. */
  async function startAsking(home: RunnerHome): Promise<{ id: string; record: () => string[] }> {
    const file = path.join(home.folder, 'record');
    const turn = [{ record: { path: file } }, { run: ['sh', '-c', `printf '|' >>"${file}"`] }];
    const ask = { permission: { tool: 'Bash', command: 'rm -rf build' }, always: true };
    home.script([[ask], ...Array.from({ length: 40 }, () => turn)]);
    await home.addProject();
    const id = await home.issue('Listen');
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'waiting');
    const record = () => (existsSync(file) ? readFileSync(file, 'utf8').split('|').slice(0, -1) : []);
    return { id, record };
  }

  async function received(record: () => string[], count: number): Promise<string[]> {
    const enough = () => (record().length >= count ? true : undefined);
    await waitFor(enough, { timeoutMs: patienceMs, what: `${count} messages` });
    return record();
  }

  it('that wait survive a daemon that is killed, and arrive once, in their order', async () => {
    const home = the();
    const { id, record } = await startAsking(home);
    for (const text of ['one', 'two', 'three']) {
      assert.equal((await home.json<TellResult>(['work', 'tell', id, text])).outcome, 'queued');
      process.kill((await home.json<DaemonStatus>(['daemon', 'status'])).pid ?? 0, 'SIGKILL');
    }
    home.press(id, 'Enter');
    await home.json(['status']);
    assert.deepEqual(await received(record, 3), ['one', 'two', 'three']);
    await home.json(['daemon', 'restart']);
    assert.equal((await home.json<TellResult>(['work', 'tell', id, 'four'])).outcome, 'delivered');
    assert.deepEqual(await received(record, 4), ['one', 'two', 'three', 'four']);
  });

  it('that come while no daemon runs are not needed for the answer to be noticed', async () => {
    const home = the();
    const { id } = await startAsking(home);
    await home.json(['daemon', 'stop']);
    home.press(id, 'Enter');
    await home.agent(id, 'idle');
  });

  it('of many senders at once all arrive, each once and whole', async () => {
    const home = the();
    const { id, record } = await startAsking(home);
    const texts = Array.from({ length: 16 }, (_, index) => `message ${index} ${'and more '.repeat(50)}`.trim());
    const told = await Promise.all(texts.map((text) => home.json<TellResult>(['work', 'tell', id, text])));
    assert.deepEqual(new Set(told.map(({ outcome }) => outcome)), new Set(['queued']));
    assert.deepEqual(record(), [], 'nothing was typed into the open question');
    assert.equal((await home.agent(id, () => true)).status, 'waiting');
    home.press(id, 'Enter');
    assert.deepEqual((await received(record, texts.length)).sort(), texts.sort());
  });

  it('never press Enter on a question that opened while they were on their way', async () => {
    const home = the();
    const canary = path.join(home.folder, 'approved');
    const ask = { permission: { tool: 'Bash', command: 'danger' }, always: true };
    const turns = Array.from({ length: 12 }, () => [ask, { run: ['touch', canary] }]);
    home.script([[{ say: 'ready' }], ...turns]);
    await home.addProject();
    const id = await home.issue('Ask again and again');
    await home.json(['work', 'issue', id]);
    await home.agent(id, 'idle');
    // Each message starts a turn that asks at once, while the other messages are being delivered.
    const texts = Array.from({ length: 6 }, (_, index) => `message ${index}`);
    await Promise.all(texts.map((text) => home.json<TellResult>(['work', 'tell', id, text])));
    await home.agent(id, 'waiting');
    assert.ok(!existsSync(canary), 'a message approved what was asked');
    home.press(id, 'Escape');
    await home.json(['work', 'kill', id]);
  });
});
