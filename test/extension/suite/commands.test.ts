import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { App, Views } from '../../../extension/src/app.ts';
import type { AgentElement } from '../../../extension/src/views/elements.ts';
import type { Agent } from '../../../runner/protocol/models.ts';
import { patienceMs, RunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import { ownApp } from './support/ownApp.ts';
import { takePickers } from './support/pickers.ts';

describe('the commands, in the extension host', () => {
  const home = new RunnerHome({ folder: process.env['PAN_TEST_FOLDER'] });
  let app: App;
  let agent: Agent;

  before(async () => {
    app = await ownApp();
    const { projects } = await home.runner();
    if ((await projects.list()).length === 0) await home.addProject('MIN');
    home.script([
      [
        { say: 'I look around first.' },
        { permission: { tool: 'Bash', command: 'npm run lint' } },
        { permission: { tool: 'Bash', command: 'npm test' } },
        { permission: { tool: 'Bash', command: 'npm run build' } },
        { say: 'All done.' },
      ],
      [{ say: 'With tests now.' }],
      [{ say: 'Written.' }],
      [{ say: 'Once.' }],
    ]);
    const id = await home.issue('Rate-limit login');
    await home.json(['work', 'issue', id, '--runtime', 'rehearsal', '--mode', 'ask']);
    agent = await home.agent(id, ({ ask }) => ask?.oneLine === 'npm run lint');
    await waitFor(() => app.fleet.needsYou().find(({ issueId }) => issueId === id), {
      timeoutMs: patienceMs,
      what: 'the window to know who needs somebody',
    });
  });
  after(() => home.json(['work', 'kill', agent.issueId]));

  it('show one picker at a time', async () => {
    const pickers = takePickers();
    try {
      const former = vscode.commands.executeCommand('panopticon.agent.answer', { agentId: agent.id });
      await pickers.next();
      const next = vscode.commands.executeCommand('panopticon.agent.next');
      const picker = await pickers.next();
      await former;
      picker.cancel();
      await next;
    } finally {
      pickers.restore();
    }
  });

  it('answer by a menu at once what has stood in the row for long, and show what has not', async () => {
    const settled: Views['agentHasSettled'] = app.views.agentHasSettled;
    const row: AgentElement = { kind: 'agent', agentId: agent.id, agent };
    const pickers = takePickers();
    try {
      app.views.agentHasSettled = (_, aim) => aim === 'icon';
      const running = vscode.commands.executeCommand('panopticon.agent.allowFromMenu', row);
      const picker = await pickers.next();
      assert.deepEqual(picker.labels.slice(0, 2), ['npm run lint', 'Allow Once']);
      picker.cancel();
      await running;
      assert.equal((await home.agent(agent.issueId, 'waiting')).ask?.requestId, agent.ask?.requestId);
      app.views.agentHasSettled = (_, aim) => aim === 'menu';
      await vscode.commands.executeCommand('panopticon.agent.allowFromMenu', row);
    } finally {
      app.views.agentHasSettled = settled;
      pickers.restore();
    }
    agent = await home.agent(agent.issueId, ({ ask }) => ask?.oneLine === 'npm test');
  });

  it('answer no other request than the one that was shown, and show the new one', async () => {
    const shown = agent.ask?.requestId;
    await home.json(['work', 'answer', agent.issueId, 'allow']);
    const next = await home.agent(agent.issueId, ({ ask }) => ask?.oneLine === 'npm run build');
    const pickers = takePickers();
    try {
      const running = vscode.commands.executeCommand('panopticon.agent.allow', { agentId: agent.id, requestId: shown });
      const picker = await pickers.next();
      assert.match(picker.title, /^That request has gone\. The new one: .* wants to run a command/);
      assert.deepEqual(picker.labels.slice(0, 2), ['npm run build', 'Allow Once']);
      assert.equal(picker.tryChoose('Allow Once'), false, 'an Enter that comes at once is a reflex');
      assert.equal((await home.agent(agent.issueId, 'waiting')).ask?.requestId, next.ask?.requestId);
      await picker.choose('Allow Once');
      await running;
    } finally {
      pickers.restore();
    }
    await home.agent(agent.issueId, 'idle');
  });

  it('show a transcript that goes on at its end', async () => {
    await vscode.commands.executeCommand('panopticon.agent.log', { agentId: agent.id });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.languageId, 'panopticon-transcript');
    assert.match(editor.document.getText(), /agent I look around first\./);
    await home.json(['work', 'tell', agent.issueId, 'Add tests']);
    const grown = (): true | undefined =>
      /agent With tests now\.\n$/.test(editor.document.getText()) ? true : undefined;
    await waitFor(grown, { timeoutMs: patienceMs, what: 'the transcript to go on' });
    const atEnd = (): true | undefined =>
      editor.selection.active.line === editor.document.lineCount - 1 ? true : undefined;
    await waitFor(atEnd, { timeoutMs: patienceMs, what: 'the cursor to be at the end' });
  });

  /** How often the agent was told that, once it was. */
  const timesTold = async (text: string): Promise<number> => {
    const { agents } = await home.runner();
    const probe = async (): Promise<number | undefined> => {
      const { entries } = await agents.transcript({ id: agent.issueId, limit: 100 });
      return entries.filter((entry) => entry.kind === 'user' && entry.text === text).length || undefined;
    };
    return waitFor(probe, { timeoutMs: patienceMs, what: `${agent.issueId} to be told: ${text}` });
  };

  it('send what was written in an editor, and close that', async () => {
    await app.documents.openMessage(agent.issueId, 'First line.\n');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.scheme, 'panopticon-message');
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), 'Second line.'));
    // As a file does that is dropped on the agent, before what was written is saved.
    await app.documents.openMessage(agent.issueId, 'First line.\n See a.ts');
    await vscode.commands.executeCommand('panopticon.message.send', editor.document.uri);
    assert.equal(await timesTold('First line.\nSecond line. See a.ts'), 1);
    assert.ok(
      vscode.workspace.textDocuments.every(({ uri, isDirty }) => !(uri.scheme === 'panopticon-message' && isDirty)),
    );
    assert.equal(app.documents.activeMessage(), undefined);
  });

  it('tell a message once, however often Send is clicked', async () => {
    await app.documents.openMessage(agent.issueId, 'Only once.');
    await Promise.all([1, 2].map(() => vscode.commands.executeCommand('panopticon.message.send')));
    assert.equal(await timesTold('Only once.'), 1);
    assert.deepEqual(messageTabs(), []);
  });

  it('keep what was written while a message was told', async () => {
    await app.documents.openMessage(agent.issueId, 'As it is told.');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.scheme, 'panopticon-message');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 14), ' And more.'));
    await app.documents.closeMessage({ issueId: agent.issueId, text: 'As it is told.' });
    assert.deepEqual(messageTabs(), [editor.document.uri.toString()]);
    await app.documents.closeMessage({ issueId: agent.issueId, text: 'As it is told. And more.' });
    assert.deepEqual(messageTabs(), []);
  });

  it('take the request of the editor in whose title a button was clicked', async () => {
    const address = (query: string): vscode.Uri => vscode.Uri.from({ scheme: 'panopticon-request', path: '/a', query });
    assert.deepEqual(app.documents.requestAt(address('agent-min-7 0a')), {
      agentId: 'agent-min-7',
      requestId: '0a',
      whole: false,
    });
    assert.equal(app.documents.requestAt(address('../x 0a')), undefined);
    assert.equal(app.documents.requestAt(vscode.Uri.file('/agent-min-7 0a')), undefined);
    assert.equal(app.documents.requestAt('agent-min-7 0a'), undefined);
  });

  it('take the agent of the editor in whose title a button was clicked', async () => {
    const address = (scheme: string, query: string): vscode.Uri => vscode.Uri.from({ scheme, path: '/a', query });
    assert.equal(app.documents.agentAt(address('panopticon-request', 'agent-min-7 0a')), 'agent-min-7');
    assert.equal(app.documents.agentAt(address('panopticon-log', 'agent-min-7')), 'agent-min-7');
    assert.equal(app.documents.agentAt(address('panopticon-log', '../x')), undefined);
    assert.equal(app.documents.agentAt(address('file', 'agent-min-7')), undefined);
    assert.equal(app.documents.agentAt(undefined), undefined);
    assert.equal(app.panels.agentAt(address('file', 'agent-min-7')), undefined);
  });

  it('say in the document of a request that it has gone', async () => {
    const uri = vscode.Uri.from({
      scheme: 'panopticon-request',
      path: `/.panopticon-request/${agent.issueId} permission`,
      query: `${agent.id} 00000000`,
    });
    const document = await vscode.workspace.openTextDocument(uri);
    assert.deepEqual([document.languageId, document.getText()], ['panopticon-request', 'That request has gone.\n']);
  });
});

/** Addresses of the messages that are open in tabs. */
function messageTabs(): string[] {
  const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
  const addresses = inputs.flatMap((input) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  return addresses.filter(({ scheme }) => scheme === 'panopticon-message').map(String);
}
