import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../../../extension/src/app.ts';
import { patienceMs, RunnerHome } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import { ownApp } from './support/ownApp.ts';

/** One pixel. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('documents of issues and workspaces', () => {
  const home = new RunnerHome({ folder: process.env['PAN_TEST_FOLDER'] });
  const { repository } = home;
  let app: App;
  let issueId: string;
  let workspace: string;

  before(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    app = await ownApp();
    if (app.projects.ofWindow().length === 0) {
      await vscode.commands.executeCommand('panopticon.project.add', { here: true });
    }
    repository.write({ 'old name.txt': 'a\nb\nc\nd\n', 'gone.txt': 'x\n' });
    await vscode.workspace.fs.writeFile(
      vscode.Uri.file(path.join(repository.path, 'p.png')),
      Buffer.from(png, 'base64'),
    );
    repository.commit({});
    issueId = await home.issue('Draw the limit');
    ({ path: workspace } = await (await app.runner.get()).workspaces.create({ id: issueId }));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(async () => {
    await home.json(['workspace', 'destroy', issueId, '--force']);
    await home.json(['issue', 'close', issueId]);
  });

  const diff = async (label: string): Promise<vscode.TabInputTextDiff> => {
    const input = await waitFor(() => tabs().find((tab) => tab.label === label)?.input, {
      timeoutMs: patienceMs,
      what: `the tab ${label} of ${tabs().map((tab) => tab.label)}`,
    });
    assert.ok(input instanceof vscode.TabInputTextDiff);
    return input;
  };

  it('says that a workspace changed nothing', async () => {
    assert.equal(await app.documents.openChanges({ issueId, title: issueId }), false);
    assert.deepEqual(tabs(), []);
  });

  it('shows all that a workspace changed in one editor', async () => {
    repository.write({ 'readme.md': '# Other\n', 'src/new.ts': 'x();\n' }, workspace);
    repository.git(['mv', 'old name.txt', 'new name.txt'], workspace);
    repository.git(['rm', '--quiet', 'gone.txt'], workspace);
    assert.equal(await app.documents.openChanges({ issueId, title: `${issueId} · claude` }), true);
    const label = `${issueId} · claude ↔ main`;
    await waitFor(() => (tabs().some((tab) => tab.label.startsWith(label)) ? true : undefined), {
      timeoutMs: patienceMs,
      what: `the tab ${label}`,
    });
  });

  it('compares one file with the base, byte for byte', async () => {
    await vscode.workspace.fs.writeFile(vscode.Uri.file(path.join(workspace, 'p.png')), new Uint8Array([1, 2, 3]));
    await app.documents.openFileChange(issueId, 'readme.md');
    const { original, modified } = await diff(`${issueId} ↔ main: readme.md`);
    assert.equal(modified.fsPath, path.join(workspace, 'readme.md'));
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(original)).toString(), '# Test\n');
    const image = original.with({ query: original.query.replace('readme.md', 'p.png') });
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(image)).toString('base64'), png);
    assert.equal((await vscode.workspace.fs.stat(image)).size, Buffer.from(png, 'base64').length);
  });

  it('compares a renamed file with what it was, and shows the only side of others', async () => {
    await app.documents.openFileChange(issueId, 'new name.txt');
    const { original } = await diff(`${issueId} ↔ main: new name.txt`);
    assert.equal(original.path, path.join(workspace, 'old name.txt'));
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(original)).toString(), 'a\nb\nc\nd\n');
    await app.documents.openFileChange(issueId, 'src/new.ts');
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, path.join(workspace, 'src/new.ts'));
    await app.documents.openFileChange(issueId, 'gone.txt');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'x\n');
  });

  it('lets nobody write to the base, and knows no file that it lacks', async () => {
    await app.documents.openFileChange(issueId, 'readme.md');
    const { original } = await diff(`${issueId} ↔ main: readme.md`);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(original.scheme), false);
    const absent = original.query.replace('readme.md', 'none');
    for (const uri of [original.with({ query: absent }), original.with({ query: `${issueId} main` })]) {
      await assert.rejects(async () => vscode.workspace.fs.readFile(uri), { code: 'FileNotFound' });
    }
  });

  it('shows an issue as a page that follows what becomes of it', async () => {
    await app.documents.openIssue(issueId);
    const page = () => vscode.workspace.textDocuments.find(({ uri }) => uri.path === `/${issueId}.md`);
    const shown = await waitFor(page, { timeoutMs: patienceMs, what: 'the page' });
    assert.match(shown.getText(), new RegExp(`^# ${issueId} Draw the limit\n`));
    await home.json(['issue', 'edit', issueId, '--title', 'Draw it twice']);
    await waitFor(() => (page()?.getText().includes('Draw it twice') ? true : undefined), {
      timeoutMs: patienceMs,
      what: 'the page to follow',
    });
    const none = issueId.replace(/\d+$/, '999');
    await assert.rejects(app.documents.openIssue(none), new RegExp(`There is no issue ${none}`));
  });
});

function tabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}
