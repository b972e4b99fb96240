import assert from 'node:assert/strict';
import type * as answering from '../../../../extension/src/commands/answer/shownRequest.ts';
import type * as opening from '../../../../extension/src/documents/requestDocuments.ts';
import { loadParts, partsOf, runnerWith } from '../support/loadParts.ts';
import { disposable, Emitter, Uri } from '../support/standIns.ts';

const address = Uri.from({
  scheme: 'panopticon-request',
  path: '/.panopticon-request/MIN-1 permission',
  query: 'agent-min-1 a80b',
});
const vscode = { EventEmitter: Emitter, Uri, workspace: { registerTextDocumentContentProvider: disposable } };
const { RequestDocuments } = loadParts<typeof opening>(vscode, 'documents/requestDocuments.ts');
const { shownRequest } = loadParts<typeof answering>(vscode, 'commands/answer/shownRequest.ts');
const request = { id: 'a80b', kind: 'permission', text: 'npm test', questions: [] };

/** Whether an icon in the title of the document may allow the request, after VS Code asked for its text. */
async function mayBeAllowed(list: () => Promise<unknown>): Promise<boolean | undefined> {
  const documents = new RequestDocuments(runnerWith({ requests: { list } }) as never);
  await documents.provideTextDocumentContent(address as never).catch(() => undefined);
  return shownRequest(partsOf({ documents }), [address])?.whole;
}

describe('the document of a request', () => {
  it('lets only that be allowed by its title which it showed whole', async () => {
    assert.equal(await mayBeAllowed(async () => [request]), true);
    assert.equal(await mayBeAllowed(async () => []), false, 'it says that the request has gone');
    const fails = async () => Promise.reject(new Error('The runner is down.'));
    assert.equal(await mayBeAllowed(fails), false, 'it says that the runner is down');
  });

  it('counts what it shows now, not what it showed before', async () => {
    let open: unknown[] = [request];
    const documents = new RequestDocuments(runnerWith({ requests: { list: async () => open } }) as never);
    await documents.provideTextDocumentContent(address as never);
    open = [];
    await documents.provideTextDocumentContent(address as never);
    assert.equal(documents.requestAt(address)?.whole, false);
  });
});
