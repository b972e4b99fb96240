import assert from 'node:assert/strict';
import type { StoredItem } from '../../../runner/core/hooks/hookItems.ts';
import { type LaunchFacts, nextItem } from '../../../runner/core/hooks/hookLife.ts';

const [then, now] = ['2026-01-02T03:00:00.000Z', '2026-01-02T03:04:05.678Z'];
const running: LaunchFacts = {
  ...{ launchId: 'L2', resumed: false, cameUp: true, reports: true },
  ...{ tookPrompt: false, done: false, ended: false },
};
const item: StoredItem = {
  ...{ id: '01JD8Z4T5N6R7S8T9V0W1X2Y3Z', type: 'task', priority: 'normal', state: 'queued', source: 'user', text: 't' },
  ...{ createdAt: then, updatedAt: then },
};
const promised: StoredItem = { ...item, promisedTo: 'L2' };
const handed: StoredItem = { ...item, state: 'handed', launchId: 'L2' };
const taken: StoredItem = { ...handed, state: 'taken' };
const silent = { reports: false };
const failed = { cameUp: false, ended: true };

describe('an item of a hook', () => {
  const cases: [string, StoredItem, Partial<LaunchFacts>, Partial<StoredItem>][] = [
    ['is handed when the launch came up that it was promised to', promised, {}, { state: 'handed', launchId: 'L2' }],
    ['is taken at once by a launch that was quick', promised, { tookPrompt: true }, { state: 'taken', launchId: 'L2' }],
    ['is taken when the launch reports a turn', handed, { tookPrompt: true }, { state: 'taken' }],
    ['is done when the agent is that took it', taken, { tookPrompt: true, done: true }, { state: 'done' }],
    ['is queued again when its launch ended without a turn', handed, { ended: true }, { state: 'queued' }],
    [
      'is queued again when a launch is done that never read it',
      handed,
      { ended: true, done: true },
      { state: 'queued' },
    ],
    ['is done with a tool that reports nothing', handed, { ...silent, done: true, ended: true }, { state: 'done' }],
    ['is taken by the conversation that is resumed', { ...handed, launchId: 'L1' }, resumed(), { state: 'taken' }],
    ['is done with the conversation that is resumed', { ...taken, launchId: 'L1' }, resumed(true), { state: 'done' }],
  ];
  for (const [what, before, facts, change] of cases) {
    it(what, () => {
      const after = nextItem(before, { ...running, ...facts }, now);
      const { promisedTo: _, ...rest } = before;
      assert.deepEqual(after, { ...rest, ...change, updatedAt: now });
      assert.equal(nextItem(after, { ...running, ...facts }, 'later'), after, 'and that stays so');
    });
  }

  const released: [string, StoredItem, Partial<LaunchFacts>][] = [
    ['the launch failed', promised, failed],
    ['the launch was never written down', { ...item, promisedTo: 'L9' }, {}],
    ['a launch before had begun it', { ...taken, launchId: 'L1', promisedTo: 'L2' }, failed],
    ['it was taken back meanwhile', { ...item, state: 'expired', promisedTo: 'L2' }, {}],
  ];
  for (const [why, before, facts] of released) {
    it(`stays what it was before it was promised where ${why}`, () => {
      const { promisedTo: _, ...rest } = before;
      assert.deepEqual(nextItem(before, { ...running, ...facts }, now), rest);
    });
  }

  const unchanged: [string, StoredItem, Partial<LaunchFacts>][] = [
    ['it was never given to anybody', item, { tookPrompt: true, done: true, ended: true }],
    ['the agent is done and its last reports may still come', handed, { done: true }],
    ['the tool reports nothing and has ended', handed, { ...silent, ended: true }],
    ['the agent that took it is killed, for it may be resumed', taken, { tookPrompt: true, ended: true }],
    ['another launch took it', { ...taken, launchId: 'L1' }, { tookPrompt: true, done: true, ended: true }],
    ['it is done', { ...taken, state: 'done' }, { ended: true }],
    ['it was taken back', { ...taken, state: 'expired' }, { tookPrompt: true, done: true }],
  ];
  for (const [why, before, facts] of unchanged) {
    it(`is left as it is where ${why}`, () => {
      assert.equal(nextItem(before, { ...running, ...facts }, now), before);
    });
  }
});

function resumed(done = false): Partial<LaunchFacts> {
  return { resumed: true, tookPrompt: true, done };
}
