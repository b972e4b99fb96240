import assert from 'node:assert/strict';
import { callForAgent, requireShown } from '../../../extension/src/panels/agentMethods.ts';
import { GivenParams } from '../../../extension/src/panels/givenParams.ts';
import { concernsAgent, readToPanel, relayRequest } from '../../../extension/src/panels/panelRelay.ts';
import { UserError } from '../../../runner/protocol/errors.ts';
import type { RunnerApi } from '../../../runner/protocol/runnerApi.ts';

const id = 'MIN-1';

describe('what the view of an agent may ask of the runner', () => {
  const allowed: [string, Record<string, unknown>, string, unknown][] = [
    ['agent/why', {}, 'agents.why', { id }],
    ['agent/log', { lines: 20 }, 'agents.log', { id, lines: 20 }],
    [
      'agent/transcript',
      { limit: 100, before: '7' },
      'agents.transcript',
      { id, limit: 100, after: undefined, before: '7', at: undefined },
    ],
    [
      'agent/findInTranscript',
      { text: 'limit.*', after: '7' },
      'agents.findInTranscript',
      { id, text: 'limit.*', before: undefined, after: '7' },
    ],
    [
      'agent/transcript',
      { limit: 1, after: 'x'.repeat(40_000) },
      'agents.transcript',
      { id, limit: 1, after: 'x'.repeat(40_000), before: undefined, at: undefined },
    ],
    ['agent/tell', { text: '$(rm -rf /)' }, 'agents.tell', { id, text: '$(rm -rf /)' }],
    ['agent/tellPreview', {}, 'agents.tellPreview', { id }],
    ['agent/mail', {}, 'agents.mail', { id }],
    ['agent/dropMail', { mailId: 'm' }, 'agents.dropMail', { id, mailId: 'm' }],
    ['request/list', {}, 'requests.list', { id }],
    [
      'request/answer',
      { requestId: 'r', answer: 'allow' },
      'requests.answer',
      { id, requestId: 'r', answer: 'allow', texts: [], exact: true },
    ],
    ['cost/report', { since: 'x' }, 'costs.report', { id }],
    ['hook/check', {}, 'hooks.check', { id, withDone: true }],
    ['hook/push', { itemId: 'i', text: 'Docs', source: 'x' }, 'hooks.push', { id, itemId: 'i', text: 'Docs' }],
    ['hook/drop', { itemId: 'i' }, 'hooks.drop', { id, itemId: 'i' }],
    ['workspace/changes', {}, 'workspaces.changes', { id }],
  ];
  for (const [method, given, called, params] of allowed) {
    it(`${method} ${Object.keys(given).join(' ')}, of which only what it needs goes on`, async () => {
      const { runner, calls } = recorder();
      await callForAgent(runner, id, method, new GivenParams({ id, force: true, ...given }));
      assert.deepEqual(calls, [[called, params]]);
    });
  }

  const refused: [string, string, Record<string, unknown>, string][] = [
    ['an answer that names no request', 'request/answer', { id, answer: 'allow' }, 'malformed'],
    ['an answer that there is not', 'request/answer', { id, requestId: 'r', answer: 'always' }, 'malformed'],
    ['texts that are none', 'request/answer', { id, requestId: 'r', answer: 'text', texts: [1] }, 'malformed'],
    ['another agent', 'agent/tell', { id: 'MIN-2', text: 'x' }, 'otherAgent'],
    ['no agent', 'agent/tell', { text: 'x' }, 'malformed'],
    ['more entries than are shown', 'agent/transcript', { id, limit: 100_000 }, 'malformed'],
    ['a place that is none', 'agent/transcript', { id, limit: 1, at: -1 }, 'malformed'],
    ['a text without end', 'agent/findInTranscript', { id, text: 'x'.repeat(201) }, 'malformed'],
    ['a cursor without end', 'agent/transcript', { id, limit: 1, after: 'x'.repeat(200_000) }, 'malformed'],
    ['to end an agent', 'agent/kill', { id }, 'notAllowed'],
    ['to destroy a workspace', 'workspace/destroy', { id, force: true }, 'notAllowed'],
    ['what objects have by nature', 'constructor', { id }, 'notAllowed'],
  ];
  for (const [what, method, given, code] of refused) {
    it(`not ${what}`, async () => {
      const { runner, calls } = recorder();
      const call = async () => callForAgent(runner, id, method, new GivenParams(given));
      await assert.rejects(call, (error) => error instanceof UserError && error.code === code);
      assert.deepEqual(calls, []);
    });
  }
});

describe('a click in the view of an agent', () => {
  it('acts on that agent only, not on one that the panel was about to show', () => {
    requireShown(id, new GivenParams({ id, act: 'resume' }));
    for (const given of [{ id: 'MIN-2', act: 'resume' }, { act: 'resume' }]) {
      assert.throws(() => requireShown(id, new GivenParams(given)), UserError);
    }
  });
});

describe('the relay of a panel', () => {
  it('reads requests and greetings, and nothing else', () => {
    const request = { kind: 'request', id: 1, method: 'agent/why', params: {} };
    const read = [
      request,
      { kind: 'ready', more: 1 },
      { ...request, id: '1' },
      { kind: 'request' },
      null,
      'x',
      [request],
    ].map(readToPanel);
    assert.deepEqual(read, [request, { kind: 'ready' }, undefined, undefined, undefined, undefined, undefined]);
  });

  it('answers with the result, or with words for a person', async () => {
    const bugs: unknown[] = [];
    const ask = (call: () => Promise<unknown>, params: unknown = {}) =>
      relayRequest({ kind: 'request', id: 4, method: 'm', params }, call, (error) => bugs.push(error));
    const gone = new UserError({ code: 'requestGone', message: 'That request has gone.' });
    const bug = new TypeError('x is undefined');
    assert.deepEqual(await ask(async () => 7), { kind: 'answer', id: 4, result: 7 });
    assert.deepEqual(await ask(() => Promise.reject(gone)), { kind: 'answer', id: 4, error: gone.toData() });
    const answered = await ask(() => Promise.reject(bug));
    assert.match(answered.kind === 'answer' ? (answered.error?.message ?? '') : '', /^This is a bug in Panopticon/);
    assert.deepEqual(bugs, [bug]);
    const malformed = await ask(async () => 7, 'x');
    assert.equal(malformed.kind === 'answer' && malformed.error?.code, 'malformed');
  });

  it('passes on what concerns its agent', () => {
    const agent = { agentId: 'agent-min-1', issueId: 'MIN-1' };
    const concerns = [
      concernsAgent({ scope: 'agents', ids: ['agent-min-1'] }, agent),
      concernsAgent({ scope: 'workspaces', ids: ['MIN-1'] }, agent),
      concernsAgent({ scope: 'mail', ids: [] }, agent),
      concernsAgent({ scope: 'agents', ids: ['agent-min-12'] }, agent),
      concernsAgent({ scope: 'issues', ids: [] }, agent),
    ];
    assert.deepEqual(concerns, [true, true, true, false, false]);
  });
});

/** A runner whose every method notes what it was called with. */
function recorder(): { runner: RunnerApi; calls: unknown[] } {
  const calls: unknown[] = [];
  const group = (name: string) =>
    new Proxy(
      {},
      { get: (_, method) => async (params: unknown) => void calls.push([`${name}.${String(method)}`, params]) },
    );
  const runner = new Proxy({}, { get: (_, name) => group(String(name)) }) as RunnerApi;
  return { runner, calls };
}
