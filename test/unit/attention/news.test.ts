import assert from 'node:assert/strict';
import { newsOf } from '../../../runner/core/attention/news.ts';
import type { Agent, AgentAsk } from '../../../runner/protocol/models.ts';
import { anAgent } from '../cli/models.ts';
import { anAsk } from './models.ts';

describe('the news of an agent', () => {
  const ask = (kind: AgentAsk['kind']) => ({ status: 'waiting', ask: anAsk({ kind }) }) as const;
  const parked = (cause: 'limit' | 'login' | 'model' | 'other') =>
    ({ status: 'parked', parked: { cause, until: null } }) as const;
  const since = '2026-11-22T14:31:00.000Z';
  const cases: [string, Partial<Agent>, [kind: string, key: string, isNeed: boolean] | undefined][] = [
    ['that wants to use a tool', ask('permission'), ['permission', 'asks request-1', true]],
    ['that asks', ask('question'), ['question', 'asks request-1', true]],
    ['with a plan', ask('plan'), ['question', 'asks request-1', true]],
    ['that waits for nobody knows what', { status: 'waiting' }, ['question', `waits ${since}`, true]],
    ['that looks stuck', { status: 'stuck' }, ['stuck', `stuck ${since}`, true]],
    ['that crashed', { status: 'crashed', fence: 3 }, ['crashed', 'crashed 3', true]],
    ['that is done', { status: 'done', fence: 2 }, ['finished', 'finished 2', false]],
    ['that is logged out', parked('login'), ['login', `login ${since}`, true]],
    ['without its model', parked('model'), ['model', `model ${since}`, true]],
    ['at a limit', parked('limit'), ['limit', `limit ${since}`, false]],
    ...(['starting', 'working', 'idle', 'stopped', 'unknown', 'unreadable'] as const).map(
      (status): [string, Partial<Agent>, undefined] => [`that is ${status}`, { status }, undefined],
    ),
  ];
  for (const [what, changes, expected] of cases) {
    it(what, () => {
      const news = newsOf(anAgent({ ask: null, parked: null, ...changes }));
      if (expected === undefined) return assert.equal(news, undefined);
      const [kind, mark, isNeed] = expected;
      assert.deepEqual([news?.kind, news?.key, news?.isNeed], [kind, `agent-min-142 ${mark}`, isNeed]);
    });
  }
});
