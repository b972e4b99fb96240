import assert from 'node:assert/strict';
import { type Circumstances, decideNotices, type Untold } from '../../../runner/core/attention/decideNotices.ts';
import { type News, newsOf } from '../../../runner/core/attention/news.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { aPolicy, asking, aWindow, numbered } from './models.ts';

const nothing = { present: [], summary: null, silent: [], missed: [], againAtMs: null };
const done = (number: number) => numbered(number, { status: 'done' });
const limited = (number: number) => numbered(number, { status: 'parked', parked: { cause: 'limit', until: null } });

describe('what is announced', () => {
  it('is nothing before the delay has passed', () => {
    assert.deepEqual(decide([untold(asking(1), 0)], { nowMs: 2_999 }), { ...nothing, againAtMs: 3_000 });
  });

  it('is a request that has waited for so long', () => {
    assert.deepEqual(decide([untold(asking(1), 0)], { nowMs: 3_000 }), { ...nothing, present: [known(asking(1))] });
  });

  it('waits for those that come shortly after, and not for longer than the delay again', () => {
    const five = [0, 500, 1_000, 1_500, 2_000].map((atMs, index) => untold(asking(index + 1), atMs));
    const late = untold(asking(6), 3_900);
    assert.deepEqual(decide([...five, late], { nowMs: 3_000 }), { ...nothing, againAtMs: 3_500 });
    const decision = decide([...five, late], { nowMs: 5_000 });
    assert.deepEqual(decision, { ...nothing, present: five.map(({ news }) => news), againAtMs: 6_900 });
  });

  it('comes no sooner after the last than is wished for', () => {
    const given = { presentedAtMs: [0], nowMs: 10_000 };
    assert.deepEqual(decide([untold(asking(1), 0)], given), { ...nothing, againAtMs: 20_000 });
    assert.deepEqual(decide([untold(asking(1), 0), untold(asking(2), 9_000)], { ...given, nowMs: 20_000 }), {
      ...nothing,
      present: [known(asking(1)), known(asking(2))],
    });
  });

  it('is left to status bar and badge after three in five minutes', () => {
    const given = { presentedAtMs: [0, 100_000, 299_999], nowMs: 900_000 };
    assert.deepEqual(decide([untold(asking(1), 0)], given), { ...nothing, silent: [known(asking(1))] });
    const slower = decide([untold(asking(1), 0)], { ...given, presentedAtMs: [0, 100_000, 300_000] });
    assert.deepEqual(slower, { ...nothing, present: [known(asking(1))] });
  });

  it('is never about what is looked at in a window that has the focus', () => {
    const windows = [aWindow({ lookingAt: ['agent-min-1'] })];
    assert.deepEqual(decide([untold(asking(1), 0)], { windows }), { ...nothing, silent: [known(asking(1))] });
    const elsewhere = [aWindow(), aWindow({ focused: false, lookingAt: ['agent-min-1'] })];
    assert.deepEqual(decide([untold(asking(1), 0)], { windows: elsewhere }).present, [known(asking(1))]);
  });

  it('is kept for a summary while no window has the focus', () => {
    const windows = [aWindow({ focused: false })];
    assert.deepEqual(decide([untold(asking(1), 0)], { windows }), { ...nothing, missed: [known(asking(1))] });
    assert.deepEqual(decide([untold(asking(1), 0, 'away')], { windows }), nothing);
  });

  it('is kept for a summary while notifications are paused', () => {
    assert.deepEqual(decide([untold(asking(1), 0)], { isPaused: true }), { ...nothing, missed: [known(asking(1))] });
  });

  it('is one summary afterwards, with what happens then', () => {
    const all = [untold(asking(1), 0, 'paused'), untold(done(2), 0, 'away'), untold(asking(3), 0)];
    const present = all.map(({ news }) => news);
    assert.deepEqual(decide(all), { ...nothing, summary: 'away', present });
    assert.equal(decide(all.slice(0, 1)).summary, 'paused');
  });

  it('is not what the person wants to read in the status bar, or not at all', () => {
    const policy = aPolicy({ finished: 'statusBar', permission: 'off' });
    const windows = [aWindow({ policy })];
    const decision = decide([untold(done(1), 0), untold(asking(2), 0), untold(limited(3), 0)], { windows, policy });
    assert.deepEqual(decision, { ...nothing, silent: [known(done(1)), known(asking(2)), known(limited(3))] });
  });

  it('makes no summary of what belongs into the status bar, but counts it in one', () => {
    const policy = aPolicy({ finished: 'statusBar' });
    const missed = [untold(done(1), 0, 'away'), untold(limited(2), 0, 'away')];
    assert.deepEqual(decide(missed, { policy }), { ...nothing, silent: [known(done(1)), known(limited(2))] });
    const need = untold(asking(3), 0, 'away');
    assert.deepEqual(decide([...missed, need], { policy }), {
      ...nothing,
      summary: 'away',
      present: [known(done(1)), need.news],
      silent: [known(limited(2))],
    });
  });

  it('is a limit only for those who want to know', () => {
    const policy = aPolicy({ limit: 'toast' });
    assert.deepEqual(decide([untold(limited(1), 0)], { policy }), { ...nothing, present: [known(limited(1))] });
  });

  it('is a login always', () => {
    const login = numbered(1, { status: 'parked', parked: { cause: 'login', until: null } });
    const policy = aPolicy({ permission: 'off', question: 'off', stuck: 'off', crashed: 'off', limit: 'off' });
    assert.deepEqual(decide([untold(login, 0)], { policy }).present, [known(login)]);
  });
});

function decide(untoldNews: Untold[], given: Partial<Circumstances> = {}) {
  const usual = { windows: [aWindow()], policy: aPolicy(), isPaused: false, presentedAtMs: [], nowMs: 60_000 };
  return decideNotices({ ...usual, untold: untoldNews, ...given });
}

function untold(agent: Agent, seenAtMs: number, missed: Untold['missed'] = null): Untold {
  return { news: known(agent), seenAtMs, missed, isForDesktop: false };
}

function known(agent: Agent): News {
  const news = newsOf(agent);
  assert.ok(news !== undefined);
  return news;
}
