import assert from 'node:assert/strict';
import { UntoldNews } from '../../../runner/core/attention/untoldNews.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { asking, numbered } from './models.ts';

const startedAt = new Date('2026-11-22T14:31:00.000Z');
const loggedOut = (since: string): Agent =>
  numbered(1, { status: 'parked', since, parked: { cause: 'login', until: null } });
const crashed = (fence: number): Agent => numbered(1, { status: 'crashed', fence });

/** What there is to tell of the agent to a runner that started, where the one before told this. */
function untold(told: string, agent: Agent): string[] {
  const news = new UntoldNews([`agent-min-1 ${told}`], startedAt);
  news.take(agent, { nowMs: 0, now: startedAt, isArrival: true });
  return news.untold().map(({ news: { key } }) => key);
}

describe('what there is to tell after a restart', () => {
  for (const [what, told, agent] of [
    ['the same', 'login 2026-11-22T14:00:00.000Z', loggedOut('2026-11-22T14:00:00.000Z')],
    ['a dialog that was dated anew', 'login 2026-11-22T14:00:00.000Z', loggedOut('2026-11-22T14:31:02.000Z')],
    [
      'a silence that is known less well',
      'stuck 2026-11-22T14:00:00.000Z',
      numbered(1, { status: 'stuck', since: '2026-11-22T13:50:00.000Z' }),
    ],
    ['the same request', 'asks request-1', asking(1)],
    ['the same crash', 'crashed 2', crashed(2)],
  ] as const) {
    it(`is not ${what}`, () => assert.deepEqual(untold(told, agent), []));
  }

  for (const [what, told, agent, key] of [
    [
      'later',
      'login 2026-11-22T14:00:00.000Z',
      loggedOut('2026-11-22T14:20:00.000Z'),
      'login 2026-11-22T14:20:00.000Z',
    ],
    [
      'long after the start',
      'login 2026-11-22T14:00:00.000Z',
      loggedOut('2026-11-22T14:32:00.000Z'),
      'login 2026-11-22T14:32:00.000Z',
    ],
    [
      'of another kind',
      'limit 2026-11-22T14:00:00.000Z',
      loggedOut('2026-11-22T14:31:02.000Z'),
      'login 2026-11-22T14:31:02.000Z',
    ],
    ['of another launch', 'crashed 2', crashed(1), 'crashed 1'],
    ['another request', 'asks request-2', asking(1), 'asks request-1'],
  ] as const) {
    it(`is what is ${what}`, () => assert.deepEqual(untold(told, agent), [`agent-min-1 ${key}`]));
  }
});
