import assert from 'node:assert/strict';
import type { LivingActivity } from '../../../runner/core/agents/activity.ts';
import { reconcile } from '../../../runner/core/agents/reconcile.ts';
import type { LiveSign, SignState } from '../../../runner/core/runtimes/runtimeBehaviour.ts';

const reportedAt = '2026-01-01T00:01:00.000Z';

function at(ms: number): string {
  return new Date(Date.parse(reportedAt) + ms).toISOString();
}

function sign(source: LiveSign['source'], state: SignState, ms: number): LiveSign {
  const dated = { source, detail: `${source} says so`, since: at(ms), until: null };
  return state === 'parked' ? { ...dated, state, cause: 'limit' } : { ...dated, state };
}

const working: LivingActivity = { kind: 'working', since: reportedAt, lastSignAt: reportedAt, detail: 'Bash' };
const inBackground: LivingActivity = { ...working, background: true };
const idle: LivingActivity = { kind: 'idle', since: reportedAt, detail: 'turn ended' };
const waiting: LivingActivity = { kind: 'waiting', since: reportedAt, detail: 'allow: ls', open: [] };
const starting: LivingActivity = { kind: 'starting', since: reportedAt };
const parked: LivingActivity = {
  kind: 'parked',
  since: reportedAt,
  detail: 'usage limit',
  cause: 'limit',
  until: null,
};

describe('reports set against what else is seen', () => {
  const table: [what: string, activity: LivingActivity, signs: LiveSign[], expected: LivingActivity['kind']][] = [
    ['nothing else is seen', working, [], 'working'],
    ['its file says later that it is idle (Esc)', working, [sign('sessionFile', 'idle', 5)], 'idle'],
    ['its file said before that it was idle', working, [sign('sessionFile', 'idle', -5)], 'working'],
    ['its file says the same', idle, [sign('sessionFile', 'idle', 5)], 'idle'],
    ['a title was seen within a second, which may be an old one', working, [sign('title', 'idle', 900)], 'working'],
    ['a title changed later', working, [sign('title', 'idle', 1_500)], 'idle'],
    ['it goes on after a dialog that was answered in its terminal', waiting, [sign('title', 'busy', 1_500)], 'working'],
    ['a dialog was denied in its terminal', waiting, [sign('sessionFile', 'idle', 5)], 'idle'],
    ['a title that only says not busy', waiting, [sign('title', 'quiet', 1_500)], 'waiting'],
    ['a title that only says not busy, of a worker', working, [sign('title', 'quiet', 1_500)], 'idle'],
    [
      'a title says not busy, and its file that it asks',
      working,
      [sign('title', 'quiet', 1_500), sign('sessionFile', 'waiting', 5)],
      'waiting',
    ],
    [
      'a title says not busy after its file said busy',
      working,
      [sign('title', 'quiet', 1_500), sign('sessionFile', 'busy', 5)],
      'idle',
    ],
    ['a dialog stands that no hook told of', idle, [sign('title', 'waiting', 1_500)], 'waiting'],
    ['a limit stands in its transcript', working, [sign('transcript', 'parked', 5)], 'parked'],
    ['it goes on after a limit', parked, [sign('transcript', 'busy', 5)], 'working'],
    ['a parked one looks idle', parked, [sign('sessionFile', 'idle', 5)], 'parked'],
    ['its turn has ended and its tasks go on', inBackground, [sign('title', 'quiet', 1_500)], 'working'],
    ['it has not reported yet', starting, [sign('title', 'idle', 1_500)], 'starting'],
    ['it asks before it has reported', starting, [sign('title', 'waiting', 1_500)], 'waiting'],
    ['the latest of two counts', working, [sign('sessionFile', 'idle', 5), sign('transcript', 'busy', 50)], 'working'],
  ];

  for (const [what, activity, signs, expected] of table) {
    it(`makes ${activity.kind} ${expected} when ${what}`, () => {
      const { activity: found, decidedBy } = reconcile(activity, reportedAt, {
        signs,
        titleTellsStart: false,
        now: new Date(at(1_500)),
      });
      assert.equal(found.kind, expected);
      assert.equal(decidedBy !== null, found !== activity);
    });
  }

  it('learns until when it is parked from what its tool wrote down just before it reported the limit', () => {
    const until = at(3_600_000);
    const told = { ...sign('transcript', 'parked', -100), until };
    const seen = (signs: LiveSign[]) =>
      reconcile(parked, reportedAt, { signs, titleTellsStart: false, now: new Date(at(0)) });
    assert.deepEqual(seen([told]).activity, { ...parked, until });
    assert.deepEqual(seen([{ ...told, since: at(-60_000) }]).activity, parked);
  });

  it('believes a title that was seen shortly after a report once it has stood for a while', () => {
    const signs = [sign('title', 'idle', 500)];
    const kindAt = (ms: number) =>
      reconcile(working, reportedAt, { signs, titleTellsStart: false, now: new Date(at(ms)) }).activity.kind;
    assert.deepEqual([kindAt(600), kindAt(1_600)], ['working', 'idle']);
  });

  it('takes a title for the start of a tool that reports only with its first prompt', () => {
    for (const state of ['idle', 'quiet'] as const) {
      const seen = { signs: [sign('title', state, 1_200)], titleTellsStart: true, now: new Date(at(1_200)) };
      assert.equal(reconcile({ ...starting, silent: true }, reportedAt, seen).activity.kind, 'idle');
      assert.equal(reconcile(starting, reportedAt, seen).activity.kind, 'starting', 'it was given something to do');
    }
  });
});
