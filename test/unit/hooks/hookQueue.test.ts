import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ulid } from 'ulid';
import { KeyedMutex } from '../../../runner/core/files/keyedMutex.ts';
import type { LaunchFacts } from '../../../runner/core/hooks/hookLife.ts';
import { HookQueue } from '../../../runner/core/hooks/hookQueue.ts';
import { createPaths } from '../../../runner/core/paths.ts';
import type { Clock } from '../../../runner/core/ports.ts';
import { hookItemStates, priorities } from '../../../runner/protocol/enumerations.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const agent = 'agent-min-1';
const now = '2026-01-02T03:04:05.678Z';
const came: LaunchFacts = {
  ...{ launchId: 'L1', resumed: false, cameUp: true, reports: true },
  ...{ tookPrompt: false, done: false, ended: false },
};
const clock: Clock = { now: () => new Date(now), monotonicMs: () => 0, after: () => () => undefined };

describe('HookQueue', () => {
  const folder = useTempFolder();

  it('keeps items of agents that do not exist yet', async () => {
    const { queue, file } = arrange(folder());
    assert.deepEqual(await queue.check(agent), []);
    assert.equal(await queue.count(agent), 0);
    const itemId = ulid();
    const text = `--- $(touch x) \u001b[31m\u0000 "\u{1f600}"\r\n`;
    const item = await queue.push(agent, { itemId, text });
    assert.deepEqual(item, {
      id: itemId,
      type: 'task',
      priority: 'normal',
      state: 'queued',
      since: now,
      source: 'user',
      text,
      createdAt: now,
    });
    assert.deepEqual(await arrange(folder()).queue.check(agent), [item]);
    assert.equal(await queue.count(agent), 1);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const { since, ...stored } = item;
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { schema: 1, items: [{ ...stored, updatedAt: since }] });
  });

  it('loses nothing when 32 are pushed at once', async () => {
    const { queue, file } = arrange(folder());
    const texts = Array.from({ length: 32 }, (_, index) => `text ${index}`);
    await Promise.all(texts.map((text) => queue.push(agent, { itemId: ulid(), text })));
    assert.deepEqual((await queue.check(agent)).map((item) => item.text).sort(), texts.sort());
    assert.equal(await queue.count(agent), 32);
    assert.deepEqual(readdirSync(path.dirname(file)), ['hook.json']);
  });

  it('makes one item of the same id pushed twice, and refuses it with another text', async () => {
    const { queue } = arrange(folder());
    const itemId = ulid();
    const first = await queue.push(agent, { itemId, text: 'a' });
    assert.deepEqual(await queue.push(agent, { itemId: itemId.toLowerCase(), text: 'a', priority: 'low' }), first);
    await assert.rejects(queue.push(agent, { itemId, text: 'b' }), { code: 'conflict', kind: 'user' });
    assert.equal(await queue.count(agent), 1);
  });

  it('takes back what no agent was handed, so that pushing it again does not bring it back', async () => {
    const { queue } = arrange(folder());
    const [itemId, other] = [ulid(), ulid()];
    const item = await queue.push(agent, { itemId, text: 'a' });
    await queue.push(agent, { itemId: other, text: 'b' });
    assert.deepEqual(await queue.drop(agent, itemId.toLowerCase()), { ...item, state: 'expired' });
    await queue.push(agent, { itemId, text: 'a' });
    assert.deepEqual(
      (await queue.check(agent)).map(({ id }) => id),
      [other],
    );
    await assert.rejects(queue.drop(agent, ulid()), { code: 'noHookItem' });
  });

  for (const [state, reason] of [
    ['handed', /an agent got it/],
    ['taken', /an agent works on it/],
    ['done', /it is done/],
    ['expired', /taken back before/],
  ] as const) {
    it(`does not take back what is ${state}`, async () => {
      const { queue, file } = arrange(folder());
      const itemId = ulid();
      await queue.push(agent, { itemId, text: 'a' });
      writeFileSync(file, readFileSync(file, 'utf8').replace('"queued"', JSON.stringify(state)));
      await assert.rejects(queue.drop(agent, itemId), { code: 'hookItemGone', message: reason });
    });
  }

  it('takes back what an agent was given that lives no more', async () => {
    const { queue } = arrange(folder());
    const itemId = ulid();
    await queue.push(agent, { itemId, text: 'a' });
    await queue.promise(agent, 'L1');
    await queue.settle(agent, { ...came, tookPrompt: true });
    await assert.rejects(queue.drop(agent, itemId), { code: 'hookItemGone', message: /an agent works on it/ });
    assert.equal((await queue.drop(agent, itemId, true)).state, 'expired');
    await assert.rejects(queue.drop(agent, itemId, true), { code: 'hookItemGone', message: /taken back before/ });
  });

  it('does not take back what a launch is just being given, and does once that has failed', async () => {
    const { queue } = arrange(folder());
    const [itemId, later] = [ulid(1), ulid(2)];
    await queue.push(agent, { itemId, text: 'a' });
    assert.deepEqual(
      (await queue.promise(agent, 'L1')).map(({ id, state }) => [id, state]),
      [[itemId, 'queued']],
    );
    await queue.push(agent, { itemId: later, text: 'b' });
    await assert.rejects(queue.drop(agent, itemId, true), { code: 'hookItemGone', message: /an agent got it/ });
    assert.equal((await queue.drop(agent, later)).state, 'expired', 'what came after is no part of its prompt');
    await queue.release(agent);
    assert.equal((await queue.drop(agent, itemId)).state, 'expired');
    await queue.settle(agent, came);
    assert.deepEqual(await queue.check(agent), [], 'what was taken back is not handed any more');
  });

  it('lets what a daemon promised that was killed be taken back', async () => {
    const { queue } = arrange(folder());
    const itemId = ulid();
    await queue.push(agent, { itemId, text: 'a' });
    await queue.promise(agent, 'L1');
    const { queue: next } = arrange(folder());
    await next.drop(agent, itemId);
    await next.settle(agent, came);
    assert.deepEqual(await next.check(agent), []);
  });

  it('writes nothing where nothing is new', async () => {
    const { queue, file } = arrange(folder());
    assert.equal(await queue.settle(agent, came), false);
    assert.deepEqual(await queue.promise(agent, 'L1'), []);
    assert.throws(() => statSync(file), { code: 'ENOENT' });
    await queue.push(agent, { itemId: ulid(), text: 'a' });
    const before = statSync(file, { bigint: true });
    assert.equal(await queue.settle(agent, { ...came, tookPrompt: true, done: true }), false);
    assert.equal(statSync(file, { bigint: true }).ino, before.ino);
  });

  it('checks what is not done or expired, most urgent and then oldest first, and takes nothing', async () => {
    const { queue, file } = arrange(folder());
    let time = 1_000;
    const items = hookItemStates.flatMap((state) =>
      priorities.map((priority) => {
        time += 1;
        return {
          id: ulid(time),
          type: 'task',
          priority,
          state,
          source: 'user',
          text: 't',
          createdAt: now,
          updatedAt: now,
        };
      }),
    );
    mkdirSync(path.dirname(file), { recursive: true });
    const content = JSON.stringify({ schema: 1, items: items.reverse() });
    writeFileSync(file, content);
    const found = await queue.check(agent);
    assert.deepEqual(
      found.map((item) => `${item.priority} ${item.state}`),
      priorities.flatMap((priority) => ['queued', 'handed', 'taken'].map((state) => `${priority} ${state}`)),
    );
    assert.equal(await queue.count(agent), priorities.length, 'counted is what is queued');
    const all = await queue.check(agent, true);
    assert.deepEqual(all.slice(0, found.length), found);
    assert.deepEqual(
      all.slice(found.length).map((item) => `${item.priority} ${item.state}`),
      priorities.toReversed().map((priority) => `${priority} done`),
      'and what is done, the last first',
    );
    assert.equal(readFileSync(file, 'utf8'), content);
  });

  it('keeps fields that it does not know', async () => {
    const { queue, file } = arrange(folder());
    mkdirSync(path.dirname(file), { recursive: true });
    const item = {
      id: ulid(),
      type: 'task',
      priority: 'low',
      state: 'taken',
      source: 'user',
      text: 't',
      createdAt: now,
    };
    const known = { ...item, updatedAt: now, fence: 3 };
    writeFileSync(file, JSON.stringify({ schema: 1, items: [known], note: 'kept' }));
    await queue.push(agent, { itemId: ulid(), text: 'new' });
    const { items, note } = JSON.parse(readFileSync(file, 'utf8'));
    assert.deepEqual([items.length, items[0], note], [2, known, 'kept']);
  });

  it('names a broken file and leaves it in place', async () => {
    const { queue, file } = arrange(folder());
    mkdirSync(path.dirname(file), { recursive: true });
    for (const content of ['', '{"schema":1,"items":[', 'null', '{"schema":1,"items":[{"id":"x"}]}', '{"items":[]}']) {
      writeFileSync(file, content);
      const named = {
        code: 'hookUnreadable',
        message: new RegExp(`^${file} cannot be read \\(.+\\)\\. It was left as it is\\.$`),
      };
      await assert.rejects(queue.push(agent, { itemId: ulid(), text: 'a' }), named);
      await assert.rejects(queue.check(agent), named);
      await assert.rejects(queue.count(agent), named);
      assert.equal(readFileSync(file, 'utf8'), content);
    }
    writeFileSync(file, '{"schema":2,"things":[]}');
    await assert.rejects(queue.push(agent, { itemId: ulid(), text: 'a' }), { code: 'hookNewer' });
  });

  it('takes text up to 1 MB and stays readable when it is full', async () => {
    const { queue } = arrange(folder());
    const text = '\u0001'.repeat(1024 * 1024);
    await queue.push(agent, { itemId: ulid(), text });
    await queue.push(agent, { itemId: ulid(), text });
    await assert.rejects(queue.push(agent, { itemId: ulid(), text }), { code: 'hookFull' });
    assert.deepEqual(
      (await queue.check(agent)).map((item) => item.text),
      [text, text],
    );
  });

  it('refuses malformed items as usage errors', async () => {
    const { queue, file } = arrange(folder());
    const itemId = ulid();
    const fromOutside: { priority: 'low' } = JSON.parse('{"priority":"now"}');
    for (const item of [
      { itemId: 'x', text: 'a' },
      { itemId: `8${itemId.slice(1)}`, text: 'a' },
      { itemId: '../../../../../etc/passwd', text: 'a' },
      { itemId, text: ' \n' },
      { itemId, text: 'x'.repeat(1024 * 1024 + 1) },
      { itemId, text: 'a', type: 'a\u001b[31m' },
      { itemId, text: 'a', source: '' },
      { itemId, text: 'a', ...fromOutside },
    ]) {
      await assert.rejects(queue.push(agent, item), { code: 'badHookItem', kind: 'usage' });
    }
    assert.throws(() => statSync(file), { code: 'ENOENT' });
  });
});

function arrange(home: string): { queue: HookQueue; file: string } {
  const paths = createPaths(home);
  return { queue: new HookQueue({ paths, clock, mutex: new KeyedMutex() }), file: paths.agent(agent).hook };
}
