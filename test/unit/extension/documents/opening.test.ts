import assert from 'node:assert/strict';
import type * as issues from '../../../../extension/src/documents/issueDocuments.ts';
import type * as transcripts from '../../../../extension/src/documents/transcriptDocuments.ts';
import type * as terminals from '../../../../extension/src/terminals/agentTerminals.ts';
import { anAgent } from '../../cli/models.ts';
import { loadParts, runnerWith } from '../support/loadParts.ts';
import { disposable, Emitter, Shown, Uri } from '../support/standIns.ts';

const agent = anAgent({ id: 'agent-min-1', issueId: 'MIN-1' });
const { vscode } = new Shown();

describe('opening a transcript', () => {
  it('says in the runner’s words that there is none yet', async () => {
    const workspace = {
      registerTextDocumentContentProvider: disposable,
      onDidChangeTextDocument: disposable,
      onDidCloseTextDocument: disposable,
      openTextDocument: async () => Promise.reject(new Error('cannot open panopticon-log:...')),
    };
    const { TranscriptDocuments, UserError } = loadParts<typeof transcripts>(
      { ...vscode, workspace },
      'documents/transcriptDocuments.ts',
    );
    const refuse = (code: string) => async () => Promise.reject(new UserError({ code, message: `It is ${code}.` }));
    const runner = {
      ...runnerWith({ agents: { transcript: refuse('noTranscriptYet'), log: refuse('noLog') } }),
      onDidChange: disposable,
    };
    const documents = new TranscriptDocuments(runner as never, { warn: () => undefined });
    await assert.rejects(documents.openTranscript(agent), { name: 'UserError', code: 'noLog' });
  });
});

describe('the page of an issue that was deleted', () => {
  it('says so, where VS Code would go on showing the last one', async () => {
    const workspace = { registerTextDocumentContentProvider: disposable };
    const { IssueDocuments, UserError } = loadParts<typeof issues>(
      { EventEmitter: Emitter, workspace },
      'documents/issueDocuments.ts',
    );
    let code = 'issueNotFound';
    const show = async () => Promise.reject(new UserError({ code, message: 'There is no issue MIN-1 in myn.' }));
    const runner = { ...runnerWith({ issues: { show } }), onDidChange: disposable };
    const pages = new IssueDocuments(runner as never);
    const read = () =>
      pages.provideTextDocumentContent(Uri.from({ scheme: 'panopticon-issue', path: '/MIN-1.md' }) as never);
    assert.equal(await read(), '# MIN-1\n\nThere is no issue MIN&#45;1 in myn.\n');
    code = 'connectionLost';
    await assert.rejects(read, { code });
  });
});

describe('attaching to an agent', () => {
  it('opens one terminal, however fast one clicks', async () => {
    let made = 0;
    let shows = 0;
    const show = (): void => {
      shows += 1;
    };
    const window = {
      onDidCloseTerminal: disposable,
      createTerminal: () => {
        made += 1;
        return { show };
      },
    };
    const { AgentTerminals } = loadParts<typeof terminals>(
      { ...vscode, window, TerminalLocation: {} },
      'terminals/agentTerminals.ts',
    );
    let fails = true;
    const attachTarget = async () => {
      await new Promise(setImmediate);
      if (fails) throw new Error('It ended.');
      return { kind: 'tmux', argv: ['tmux', 'attach'] };
    };
    const opened = new AgentTerminals(runnerWith({ agents: { attachTarget } }) as never, {
      terminalLocation: () => 'panel',
    });
    await assert.rejects(opened.attach(agent), /It ended/);
    fails = false;
    await Promise.all([opened.attach(agent), opened.attach(agent)]);
    await opened.attach(agent);
    assert.deepEqual([made, shows], [1, 3]);
  });
});
