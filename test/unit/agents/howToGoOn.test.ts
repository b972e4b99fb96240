import assert from 'node:assert/strict';
import { hasConversation, howToGoOn, howToRestart } from '../../../runner/core/agents/howToGoOn.ts';
import type { Verdict } from '../../../runner/core/agents/judgeStatus.ts';
import type { AgentEvent } from '../../../runner/core/events/agentEvent.ts';
import type { Parked } from '../../../runner/core/runtimes/parkedSign.ts';

const at = '2026-01-01T00:01:00.000Z';
const capabilities = { reportsEvents: true, confirmsMessages: true, resumes: true };
const state = {
  issueId: 'SHO-1',
  runtime: 'codex',
  launchId: 'launch',
  sessionId: 's',
  resumed: false,
  capabilities,
} as const;
const launched: AgentEvent = {
  source: 'runner',
  at,
  launchId: 'launch',
  event: { type: 'launched', fence: 1, sessionId: null },
};

function hook(name: string): AgentEvent {
  return { source: 'hook', at, launchId: 'launch', event: { hook_event_name: name } };
}

function parked(cause: Parked['cause'], more: Partial<NonNullable<Verdict['parked']>> = {}) {
  return { status: 'parked', parked: { cause, until: null, ...more } } as const;
}

const took = { recent: [launched, hook('SessionStart'), hook('UserPromptSubmit')] };

describe('what is typed to go on with an agent', () => {
  const table: [what: string, verdict: Pick<Verdict, 'status' | 'parked'>, next: string | null][] = [
    ['it asks', { status: 'waiting' }, 'pan work requests SHO-1'],
    ['it is stuck', { status: 'stuck' }, 'pan work attach SHO-1'],
    ['it is logged out', parked('login'), 'pan work attach SHO-1'],
    ['it is logged out and tries again', parked('login', { retries: true }), 'pan work attach SHO-1'],
    ['its model is not available', parked('model'), 'pan work attach SHO-1'],
    ['it reached its limit', parked('limit'), 'pan work tell SHO-1 "..."'],
    ['its limit ends at some time', parked('limit', { until: at }), 'pan work tell SHO-1 "..."'],
    ['it reached its limit and tries again', parked('limit', { retries: true }), null],
    ['its API fails', parked('other', { retries: true }), null],
    ['it is idle', { status: 'idle' }, 'pan work tell SHO-1 "..."'],
    ['it crashed', { status: 'crashed' }, 'pan work resume SHO-1'],
    ['it was stopped', { status: 'stopped' }, 'pan work resume SHO-1'],
    ['it works', { status: 'working' }, null],
    ['it is done', { status: 'done' }, null],
  ];
  for (const [what, verdict, next] of table) {
    it(`is ${next ?? 'nothing'} where ${what}`, () => {
      assert.equal(howToGoOn({ state, history: took, verdict, isAsking: true }, []), next);
    });
  }

  it('is in its terminal where a dialog about its limit stands', () => {
    const agent = { state, history: took, verdict: parked('limit'), isAsking: false };
    assert.equal(howToGoOn(agent, [{ source: 'screen', state: 'parked' }]), 'pan work attach SHO-1');
    assert.equal(howToGoOn(agent, [{ source: 'transcript', state: 'parked' }]), 'pan work tell SHO-1 "..."');
  });

  it('is in its terminal where it waits in a dialog that is no request', () => {
    const agent = { state, history: took, verdict: { status: 'waiting' }, isAsking: false } as const;
    assert.equal(howToGoOn(agent, []), 'pan work attach SHO-1');
  });

  it('is a new start where nothing can be resumed', () => {
    const anew = 'pan work issue SHO-1 --runtime codex';
    assert.equal(howToRestart({ ...state, sessionId: null }, took), anew);
    assert.equal(howToRestart({ ...state, capabilities: { ...capabilities, resumes: false } }, took), anew);
    assert.equal(howToRestart(state, { recent: [launched, hook('SessionStart')] }), anew);
    assert.equal(howToRestart(state, took), 'pan work resume SHO-1');
  });
});

describe('the conversation of an agent', () => {
  it('begins with its first prompt', () => {
    const begun = (...recent: AgentEvent[]) => hasConversation(state, { recent });
    assert.equal(begun(launched), false);
    assert.equal(begun(launched, hook('SessionStart'), hook('SessionEnd')), false);
    assert.equal(begun(hook('UserPromptSubmit'), launched), true);
    assert.equal(begun({ ...hook('Stop'), launchId: 'another' }, launched), false);
  });

  it('may be there where what began it is not among the last events', () => {
    assert.equal(hasConversation(state, { recent: [] }), true);
    assert.equal(hasConversation({ ...state, resumed: true }, { recent: [launched] }), true);
  });
});
