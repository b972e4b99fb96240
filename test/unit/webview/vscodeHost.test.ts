import assert from 'node:assert/strict';
import type { ToPanel } from '../../../runner/protocol/panelMessages.ts';
import { agentMail, stateDidChange } from '../../../runner/protocol/requests.ts';
import { HostError, userErrorOf } from '../../../webview/shared/host.ts';
import { VscodeHost } from '../../../webview/shared/vscodeHost.ts';

describe('VscodeHost', () => {
  it('brings each answer to its request', async () => {
    const { host, posted, receive } = make();
    const first = host.request(agentMail, { id: 'MIN-1' });
    const second = host.request(agentMail, { id: 'MIN-2' });
    receive({ kind: 'answer', id: 2, result: [] });
    receive({ kind: 'answer', id: 1, result: ['one'] });
    assert.deepEqual(await Promise.all([first, second]), [['one'], []]);
    assert.deepEqual(posted, [
      { kind: 'request', id: 1, method: 'agent/mail', params: { id: 'MIN-1' } },
      { kind: 'request', id: 2, method: 'agent/mail', params: { id: 'MIN-2' } },
    ]);
  });

  it('rejects with the words for a person', async () => {
    const { host, receive } = make();
    const asked = host.request(agentMail, { id: 'MIN-1' });
    const error = { code: 'x', kind: 'user', message: 'MIN-1 has no agent.', hint: 'Start one.' };
    receive({ kind: 'answer', id: 1, error });
    await assert.rejects(asked, (thrown) => {
      assert.ok(thrown instanceof HostError);
      assert.deepEqual(userErrorOf(thrown), error);
      return true;
    });
  });

  it('tells listeners until they end, and leaves messages of others', () => {
    const { host, receive } = make();
    const heard: unknown[] = [];
    const end = host.onNotification(stateDidChange, (change) => heard.push(change));
    const change = { scope: 'mail', ids: [] };
    for (const other of [undefined, 'x', {}, { kind: 'other' }]) receive(other);
    receive({ kind: 'notification', method: 'state/didChange', params: change });
    receive({ kind: 'notification', method: 'other', params: change });
    end();
    receive({ kind: 'notification', method: 'state/didChange', params: change });
    assert.deepEqual(heard, [change]);
  });
});

function make() {
  const posted: ToPanel[] = [];
  let state: unknown;
  let listener: ((event: { data: unknown }) => void) | undefined;
  const host = new VscodeHost(
    {
      postMessage: (message) => posted.push(message),
      getState: () => state,
      setState: (kept) => {
        state = kept;
      },
    },
    {
      addEventListener: (_type, added) => {
        listener = added;
      },
    },
  );
  return { host, posted, receive: (data: unknown) => listener?.({ data }) };
}
