import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunnerHome } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';
import { useWorkbench } from './support/useWorkbench.ts';

const play = ['--runtime', 'rehearsal', '--mode', 'auto'];
const timeoutMs = 30_000;

describe('work in a window', () => {
  const stage = useWorkbench({
    prepare: async (home) => {
      await home.addProject('MIN');
      for (const title of ['Export to CSV', 'Dark mode', 'Invite flow', 'Rate-limit login']) await home.issue(title);
      await crash(home, 'MIN-1', JSON.stringify({ turns: [[{ crash: 7 }]] }));
      // It ends before its first prompt, and so without a conversation.
      await crash(home, 'MIN-2', '{');
      home.script([[{ say: 'Done.' }], [{ say: 'Done.' }]]);
      await home.json(['work', 'issue', 'MIN-3', ...play]);
      await home.agent('MIN-3', 'idle');
    },
  });

  before(async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    await (await workbench.tree('Agents').shown()).row(/^MIN-3 /).waitFor();
  });

  it('goes on with every agent that crashed, and names the one that needs a person', async () => {
    const { workbench, home } = stage();
    const { notifications } = workbench;
    await workbench.run('Panopticon: Recover All Crashed Agents');
    const text = /1 recovered, 1 needs you\. MIN-2 cannot be resumed: /;
    assert.deepEqual(await notifications.buttons(text), ['Show']);
    await workbench.screenshot('recovered');
    await home.agent('MIN-1', 'idle');
    await notifications.press(text, 'Show');
    const view = await workbench.webview('MIN-2 · rehearsal');
    await view.getByRole('tab', { name: 'Why', selected: true }).waitFor();
    await workbench.closeEditors();
  });

  it('is queued from the palette with its urgency, handed to the agent that starts next, and shown so', async () => {
    const { workbench, home } = stage();
    const { quickInput, statusBar } = workbench;
    await queue('Rebase on main', 'Normal');
    await statusBar.item("On MIN-3's hook, 1st of 1").waitFor();
    await queue('Mend the build', 'Urgent');
    await statusBar.item("On MIN-3's hook, 1st of 2").waitFor();
    assert.equal((await home.agent('MIN-3', 'idle')).hookItems, 2);
    const agents = workbench.tree('Agents');
    await agents
      .row(/^MIN-3 /)
      .getByText(/2 on its hook/)
      .waitFor();
    await home.json(['work', 'kill', 'MIN-3']);
    await home.json(['work', 'issue', 'MIN-3', ...play]);
    await home.agent('MIN-3', ({ status, hookItems }) => status === 'idle' && hookItems === 0);
    await agents
      .row(/^MIN-3 /)
      .getByText(/hook empty/)
      .waitFor();
    await (await agents.menu(/^MIN-3 /)).choose('Show Hook and Mail');
    const view = await workbench.webview('MIN-3 · rehearsal');
    const item = view.getByRole('listitem').filter({ hasText: 'Mend the build' });
    await item.getByText('taken').waitFor();
    assert.equal(await item.getByRole('button', { name: 'Drop' }).count(), 0);
    await workbench.screenshot('hook-taken');
    await home.json(['work', 'done', 'MIN-3']);
    await item.getByText('done').waitFor();
    await home.json(['work', 'issue', 'MIN-3', ...play]);
    await home.agent('MIN-3', 'idle');
    await workbench.closeEditors();

    async function queue(text: string, urgency: string): Promise<void> {
      await workbench.run('Panopticon: Queue Work for Agent...');
      await quickInput.shown('Queue Work for Which Agent?');
      await quickInput.choose('MIN-3 Invite flow');
      await quickInput.shown('Queue Work for MIN-3 (1/2)');
      await quickInput.type(text);
      await quickInput.accept();
      await quickInput.shown('Queue Work for MIN-3 (2/2)');
      await quickInput.choose(urgency);
    }
  });

  it('says of an agent that its workspace folder is missing, and makes it again', async () => {
    const { workbench, home } = stage();
    const { quickInput, notifications, statusBar } = workbench;
    const { workspace } = await home.agent('MIN-3', 'idle');
    const agents = workbench.tree('Agents');
    const missing = 'The workspace folder of MIN-3 is missing.';
    rmSync(workspace, { recursive: true });
    // Nobody watches the folder: it shows at the next look.
    await home.json(['work', 'hook', 'push', 'MIN-3', 'Look again']);
    await agents
      .row(/^MIN-3 /)
      .getByText(/workspace missing/)
      .waitFor();
    await agents.row(/^MIN-3 /).hover();
    await workbench.page.locator('.workbench-hover').getByText(missing).waitFor();
    await workbench.page.locator('.workbench-hover').getByText('Repair').waitFor();
    await workbench.screenshot('workspace-missing');
    await workbench.page.keyboard.press('Escape');
    await agents.pressAction(/^MIN-3 /, 'Tell Agent...');
    await quickInput.shown('Tell MIN-3');
    assert.ok((await quickInput.message()).startsWith(`${missing} Mend it: pan workspace create MIN-3.`));
    await quickInput.cancel();

    await (await agents.menu(/^MIN-3 /)).choose('Repair Workspace');
    await statusBar.item('Repaired the workspace of MIN-3.').waitFor();
    assert.ok(existsSync(path.join(workspace, '.git')));
    await agents
      .row(/^MIN-3 /)
      .getByText(/workspace missing/)
      .waitFor({ state: 'detached' });

    rmSync(workspace, { recursive: true });
    await agents.pressAction(/^MIN-3 /, 'Show Changes');
    await notifications.shown(missing);
    assert.deepEqual(await notifications.buttons(missing), ['Repair']);
    await notifications.press(missing, 'Repair');
    const there = () => (existsSync(path.join(workspace, '.git')) ? true : undefined);
    await waitFor(there, { timeoutMs, what: 'the workspace to be there again' });
    await workbench.run('Panopticon: Repair Workspace');
    await statusBar.item('Every workspace is well.').waitFor();
  });

  it('moves an issue, and takes that back', async () => {
    const { workbench, home } = stage();
    const { quickInput, notifications } = workbench;
    const stateOf = async () => (await home.json<{ issue: { state: string } }>(['issue', 'show', 'MIN-4'])).issue.state;
    const issues = await workbench.tree('Issues').shown();
    await issues.expandAll();
    await (await issues.menu(/^MIN-4 /)).choose('Move Issue...');
    await quickInput.shown('Move MIN-4');
    assert.equal(await quickInput.placeholder(), 'It is todo');
    await quickInput.choose('In review');
    const moved = 'Moved MIN-4 to In review.';
    await notifications.shown(moved);
    assert.equal(await stateOf(), 'in_review');
    await workbench.screenshot('issue-moved');
    await notifications.press(moved, 'Undo');
    await waitFor(async () => ((await stateOf()) === 'todo' ? true : undefined), {
      timeoutMs,
      what: 'it to be moved back',
    });
    await notifications.shown('Moved MIN-4 to Todo.');
  });

  it('lists the issues that a person chose, says so beside the title, and all of them again', async () => {
    const { workbench } = stage();
    const { quickInput } = workbench;
    const issues = await workbench.tree('Issues').shown();
    await issues.row(/^MIN-1 /).waitFor();
    await issues.pressTitleAction('Filter Issues...');
    await quickInput.shown('Filter Issues');
    await quickInput.pick('Todo');
    await workbench.screenshot('filter-issues');
    await quickInput.accept();
    await issues.row(/^MIN-1 /).waitFor({ state: 'detached' });
    await issues.row(/^MIN-4 /).waitFor();
    assert.equal(await issues.description(), 'todo');
    await workbench.screenshot('issues-filtered');
    await issues.pressTitleAction('Clear Filter');
    await issues.row(/^MIN-1 /).waitFor();
    assert.equal(await issues.description(), '');
  });

  it('makes a repository of a folder that is none, where a person says so', async () => {
    const { home, openWindow } = stage();
    const folder = path.join(home.userHome, 'plain');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'notes.md'), 'notes');
    const workbench = await openWindow(folder);
    await workbench.showContainer('Panopticon');
    await (await workbench.tree('Agents').shown()).row(/^MIN-1 /).waitFor();
    await workbench.run('Panopticon: Add Project...');
    await workbench.quickInput.shown('Add Project');
    await workbench.quickInput.pick('plain');
    const text = 'plain is not a git repository.';
    assert.deepEqual(await workbench.notifications.buttons(text), ['Initialize Repository', 'Choose Folder...']);
    await workbench.screenshot('no-repository');
    await workbench.notifications.press(text, 'Initialize Repository');
    const made = () => (existsSync(path.join(folder, '.git/HEAD')) ? true : undefined);
    await waitFor(made, { timeoutMs, what: 'the repository' });
    await workbench.run('Panopticon: Add Project...');
    await workbench.quickInput.shown('Add Project');
    await workbench.quickInput.pick('plain');
    await workbench.notifications.shown('plain has no commit yet. Commit once, then add it again.');
  });
});

/** Starts an agent whose tool ends by itself. */
async function crash(home: RunnerHome, id: string, script: string): Promise<void> {
  home.script([]);
  writeFileSync(path.join(home.folder, 'script.json'), script);
  await home.json(['work', 'issue', id, ...play]);
  await home.agent(id, 'crashed');
}
