import assert from 'node:assert/strict';
import { type DesktopCircumstances, decideDesktop } from '../../../runner/core/attention/decideDesktop.ts';
import type { Untold } from '../../../runner/core/attention/decideNotices.ts';
import { type News, newsOf } from '../../../runner/core/attention/news.ts';
import type { NoticePolicy } from '../../../runner/protocol/attention.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { aPolicy, asking, aWindow, numbered } from './models.ts';

const nothing = { present: [], summary: null, silent: [], againAtMs: null };
const away = aWindow({ focused: false, lookingAt: ['agent-min-1'] });
const wanted: NoticePolicy = { ...aPolicy(), osNotifications: 'whenUnfocused' };
const done = numbered(2, { status: 'done' });

describe('what the desktop shows', () => {
  for (const [what, given] of [
    ['the person does not want it', { policy: aPolicy() }],
    ['a window has the focus', { windows: [away, aWindow()] }],
    ['there is no window', { windows: [] }],
    ['notifications are paused', { isPaused: true }],
  ] as const) {
    it(`is nothing where ${what}`, () => assert.deepEqual(decide([untold(asking(1))], given), nothing));
  }

  it('is what would be announced, also where no window could tell it', () => {
    const shown = { ...nothing, present: [known(asking(1))] };
    assert.deepEqual(decide([untold(asking(1))]), shown);
    assert.deepEqual(decide([untold(asking(1), { missed: 'away' })]), shown);
  });

  it('is nothing before the delay has passed', () => {
    assert.deepEqual(decide([untold(asking(1), { seenAtMs: 59_000 })]), { ...nothing, againAtMs: 62_000 });
  });

  it('is nothing that it has shown, nor what was there when somebody came', () => {
    assert.deepEqual(decide([untold(asking(1), { isForDesktop: false })]), nothing);
  });

  it('is several together', () => {
    const both = [untold(asking(1)), untold(done, { missed: 'away' })];
    assert.deepEqual(decide(both), { ...nothing, present: [known(asking(1)), known(done)] });
  });

  it('comes no sooner after the last, of a window or its own, than is wished for', () => {
    for (const given of [{ presentedAtMs: [50_000] }, { shownAtMs: [50_000] }]) {
      assert.deepEqual(decide([untold(asking(1))], given), { ...nothing, againAtMs: 70_000 });
    }
  });

  it('is left to status bar and badge after three in five minutes', () => {
    const given = { presentedAtMs: [30_000], shownAtMs: [0, 20_000], nowMs: 900_000 };
    assert.deepEqual(decide([untold(asking(1))], given), { ...nothing, silent: [known(asking(1))] });
  });

  it('is one summary after a pause', () => {
    const both = [untold(asking(1), { missed: 'paused' }), untold(done, { missed: 'paused' })];
    assert.deepEqual(decide(both), { ...nothing, summary: 'paused', present: [known(asking(1)), known(done)] });
  });

  it('is not what the person wants to read in the status bar, or not at all', () => {
    const policy = { ...wanted, ...{ kinds: { ...wanted.kinds, finished: 'statusBar', permission: 'off' } as const } };
    const silent = { ...nothing, silent: [known(asking(1)), known(done)] };
    assert.deepEqual(decide([untold(asking(1)), untold(done)], { policy }), silent);
  });
});

function decide(untoldNews: Untold[], given: Partial<DesktopCircumstances> = {}) {
  const usual = { windows: [away], policy: wanted, isPaused: false, presentedAtMs: [], shownAtMs: [], nowMs: 60_000 };
  return decideDesktop({ ...usual, untold: untoldNews, ...given });
}

function untold(agent: Agent, changes: Partial<Untold> = {}): Untold {
  return { news: known(agent), seenAtMs: 0, missed: null, isForDesktop: true, ...changes };
}

function known(agent: Agent): News {
  const news = newsOf(agent);
  assert.ok(news !== undefined);
  return news;
}
