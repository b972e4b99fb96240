import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { waitFor } from '../support/waitFor.ts';
import { useWorkbench } from './support/useWorkbench.ts';

describe('the commands in a window', () => {
  const stage = useWorkbench({
    prepare: async (home) => {
      await home.addProject('MIN');
      home.script([
        [
          { edit: { path: 'limit.ts', text: 'export const limit = 5;\n' } },
          { permission: { tool: 'Bash', command: 'npm test' } },
          { question: { text: 'Keep the BOM?', options: ['Keep it', 'Drop it'] } },
          { permission: { tool: 'Bash', command: `echo ${'very '.repeat(20)}long` } },
          { say: 'All done.' },
        ],
        [{ say: 'And the tests.' }],
      ]);
      home.config(`${readFileSync(home.paths.configFile, 'utf8')}\n[defaults]\nruntime = "rehearsal"\nmode = "ask"\n`);
      for (const title of ['Rate-limit login', 'Export to CSV']) await home.issue(title);
    },
  });

  it('starts an agent from the palette, with the first line of the picker', async () => {
    const { workbench, home } = stage();
    await workbench.showContainer('Panopticon');
    await (await workbench.tree('Issues').shown()).row(/^MIN-1/).waitFor();
    await workbench.run('Panopticon: Start Agent...');
    const { quickInput } = workbench;
    await quickInput.shown('Start Agent on Which Issue?');
    await quickInput.type('rate');
    const found = async () => (await quickInput.rows()).length === 1 || undefined;
    await waitFor(found, { timeoutMs: 30_000, what: 'the issues that fit' });
    // What comes right after the lines were exchanged does nothing.
    const start = quickInput.widget.getByText('Start Agent on MIN-1');
    const taken = async (): Promise<true | undefined> => {
      await quickInput.accept();
      return start.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => undefined,
      );
    };
    await waitFor(taken, { timeoutMs: 30_000, what: 'the issue to be taken' });
    await quickInput.shown('Start Agent on MIN-1');
    await workbench.screenshot('start');
    await quickInput.pick('rehearsal · ask');
    await workbench.statusBar.item('MIN-1 started (rehearsal)').waitFor();
    await home.agent('MIN-1', 'waiting');
  });

  it('allows what a row shows whole, by its icon', async () => {
    const { workbench, home } = stage();
    await workbench.showContainer('Panopticon');
    const agents = await workbench.tree('Agents').shown();
    await agents.row(/^MIN-1 Allow npm test\?/).waitFor();
    await agents.pressAction(/^MIN-1/, 'Allow Once');
    await home.agent('MIN-1', ({ ask }) => ask?.kind === 'question');
    await agents.row(/^MIN-1 Keep the BOM/).waitFor();
  });

  it('goes to who needs me and answers a question with its options', async () => {
    const { workbench, home } = stage();
    await workbench.press('Control+K G');
    const { quickInput } = workbench;
    await quickInput.shown('MIN-1 (rehearsal) asks, waiting less than a minute');
    assert.equal(await quickInput.placeholder(), 'Keep the BOM?');
    assert.deepEqual(
      (await quickInput.rows()).map(({ label }) => label),
      ['Keep it', 'Drop it', 'You Decide', 'Other Answer...', 'Open Agent'],
    );
    await workbench.screenshot('answer-question');
    await quickInput.choose('Drop it');
    await home.agent('MIN-1', ({ ask }) => ask?.oneLine.startsWith('echo') === true);
  });

  it('offers no leave for what a line cannot show, before it was looked at', async () => {
    const { workbench, home } = stage();
    const agents = await workbench.tree('Agents').shown();
    await agents.row(/^MIN-1 Allow echo/).waitFor();
    assert.ok(!(await agents.actions(/^MIN-1/)).includes('Allow Once'));
    await agents.pressAction(/^MIN-1/, 'Answer Request...');
    const { quickInput } = workbench;
    await quickInput.shown('MIN-1 (rehearsal) wants to run a command, waiting less than a minute');
    const labels = async () => (await quickInput.rows()).map(({ label }) => label);
    assert.deepEqual(await labels(), ['Review', 'Deny', 'Deny With Message...', 'Open Agent']);
    await quickInput.choose('Review');
    await workbench.tab('MIN-1 permission').waitFor();
    const command = workbench.page.locator('.monaco-editor .view-lines').last();
    await command.getByText(/long$/).waitFor();
    await workbench.screenshot('answer-review');
    await workbench.press('Control+K G');
    await quickInput.shown('MIN-1 (rehearsal) wants to run a command, waiting less than a minute');
    assert.deepEqual(await labels(), [
      'Allow Once',
      'Allow for This Session',
      'Deny',
      'Deny With Message...',
      'Open Agent',
    ]);
    await quickInput.cancel();
    await workbench.page.getByRole('button', { name: 'Allow Once' }).click();
    await home.agent('MIN-1', 'idle');
    await workbench.tab('MIN-1 permission').waitFor({ state: 'detached' });
  });

  it('tells an agent, keeps what was not sent, and says that it arrived', async () => {
    const { workbench } = stage();
    const { quickInput } = workbench;
    const agents = await workbench.tree('Agents').shown();
    await agents.row(/^MIN-1 Rate-limit/).waitFor();
    await agents.pressAction(/^MIN-1/, 'Tell Agent...');
    await quickInput.shown('Tell MIN-1');
    assert.match(await quickInput.message(), /your message begins a turn/);
    await quickInput.type('Add a test');
    await quickInput.cancel();
    await agents.pressAction(/^MIN-1/, 'Tell Agent...');
    await quickInput.shown('Tell MIN-1');
    assert.equal(await quickInput.field.inputValue(), 'Add a test');
    await quickInput.accept();
    await workbench.statusBar.item(/^Delivered to MIN-1 in /).waitFor();
  });

  it('kills by a key of the view the agent that has the focus, and takes it back', async () => {
    const { workbench, home } = stage();
    const agents = await workbench.tree('Agents').shown();
    await agents.press(/^MIN-1/, 'Delete');
    const killed = 'Killed MIN-1. Workspace and conversation are kept.';
    await workbench.notifications.shown(killed);
    await home.agent('MIN-1', 'stopped');
    await workbench.notifications.press(killed, 'Resume');
    await home.agent('MIN-1', ({ pid }) => pid !== null);
    await workbench.statusBar.item('Resumed MIN-1').waitFor();
  });

  it('destroys a workspace with work only after a rescue, and brings it back', async () => {
    const { workbench, home } = stage();
    const { dialog, notifications } = workbench;
    await home.json(['work', 'kill', 'MIN-1']);
    const folder = path.join(home.repository.path, 'workspaces', 'feature-min-1');
    const workspaces = await workbench.tree('Workspaces').shown();
    const menu = await workspaces.menu(/min-1/);
    await menu.choose('Destroy Workspace...');
    await dialog.shown();
    assert.match(
      await dialog.text(),
      /Destroy the workspace of MIN-1\?.*1 untracked file \(limit\.ts\).*kept as a rescue/s,
    );
    assert.deepEqual((await dialog.buttons()).toSorted(), ['Cancel', 'Rescue and Destroy', 'Show Changes']);
    assert.ok(existsSync(folder));
    await workbench.screenshot('destroy');
    await dialog.press('Rescue and Destroy');
    const destroyed = 'Destroyed the workspace of MIN-1. Branch and rescue are kept.';
    await notifications.shown(destroyed);
    assert.ok(!existsSync(folder));
    await notifications.press(destroyed, 'Undo');
    await notifications.shown('Restored 1 file of MIN-1.');
    assert.ok(existsSync(path.join(folder, 'limit.ts')));
  });

  it('starts an agent from the row of its issue', async () => {
    const { workbench, home } = stage();
    const issues = await workbench.tree('Issues').shown();
    await issues.row(/^MIN-2/).waitFor();
    await issues.pressAction(/^MIN-2/, 'Start Agent...');
    await workbench.quickInput.shown('Start Agent on MIN-2');
    await workbench.quickInput.accept();
    await home.agent('MIN-2', ({ pid }) => pid !== null);
  });
});
