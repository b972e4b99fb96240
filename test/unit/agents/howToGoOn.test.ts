import assert from 'node:assert/strict';
import { hasConversation, howToGoOn, howToRestart } from '../../../runner/core/agents/howToGoOn.ts';
import type { AgentEvent } from '../../../runner/core/events/agentEvent.ts';
import type { AgentStatus } from '../../../runner/protocol/enumerations.ts';

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

const took = { recent: [launched, hook('SessionStart'), hook('UserPromptSubmit')] };

describe('what is typed to go on with an agent', () => {
  const table: [status: AgentStatus, reason: string, next: string | null][] = [
    ['waiting', 'allow: ls', 'pan work requests SHO-1'],
    ['stuck', '31 min without a sign of life', 'pan work attach SHO-1'],
    ['parked', 'logged out', 'pan work attach SHO-1'],
    ['parked', 'logged out, tries again (4/10)', 'pan work attach SHO-1'],
    ['parked', 'its model is not available', 'pan work attach SHO-1'],
    ['parked', 'usage limit', 'pan work tell SHO-1 "..."'],
    ['parked', 'usage limit until 19:03', 'pan work tell SHO-1 "..."'],
    ['parked', 'usage limit, tries again (4/10)', null],
    ['parked', 'the API fails, tries again (4/10)', null],
    ['idle', 'turn ended', 'pan work tell SHO-1 "..."'],
    ['crashed', 'codex ended with exit code 3', 'pan work resume SHO-1'],
    ['stopped', 'killed', 'pan work resume SHO-1'],
    ['working', 'ran Bash', null],
    ['done', '1 commit', null],
  ];
  for (const [status, reason, next] of table) {
    it(`is ${next ?? 'nothing'} where it is ${status}: ${reason}`, () => {
      assert.equal(howToGoOn({ state, history: took, verdict: { status, reason } }, []), next);
    });
  }

  it('is in its terminal where a dialog about its limit stands', () => {
    const agent = { state, history: took, verdict: { status: 'parked', reason: 'usage limit' } as const };
    assert.equal(howToGoOn(agent, [{ source: 'screen', state: 'parked' }]), 'pan work attach SHO-1');
    assert.equal(howToGoOn(agent, [{ source: 'transcript', state: 'parked' }]), 'pan work tell SHO-1 "..."');
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
