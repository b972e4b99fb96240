import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { useWorkbench } from './support/useWorkbench.ts';

describe('a workspace with work that exists nowhere else', () => {
  const stage = useWorkbench({
    prepare: async (home) => {
      await home.addProject('MIN');
      home.script([[{ edit: { path: 'src/limit.ts', text: 'export const limit = 5;\n' } }, { say: 'Done.' }]]);
      await home.issue('Rate-limit login');
      await home.json(['work', 'issue', 'MIN-1', '--runtime', 'rehearsal', '--mode', 'auto']);
      await home.agent('MIN-1', 'idle');
    },
  });
  const work = () => path.join(stage().home.repository.path, 'workspaces/feature-min-1/src/limit.ts');

  it('stays until its agent was killed, whose panel says when it takes no message any more', async () => {
    const { workbench, home } = stage();
    await workbench.showContainer('Panopticon');
    await (await workbench.tree('Agents').shown()).click('MIN-1 Rate-limit login');
    const view = await workbench.webview('MIN-1 · rehearsal');
    await view.getByText('MIN-1 is idle: your message begins a turn').waitFor();
    const workspaces = await workbench.tree('Workspaces').shown();
    await workspaces.row('min-1').waitFor();
    await (await workspaces.menu('min-1')).choose('Destroy Workspace...');
    await workbench.dialog.shown();
    assert.match(await workbench.dialog.text(), /MIN-1 is running\. Kill it and destroy its workspace\?/);
    await workbench.dialog.press('Cancel');
    await home.agent('MIN-1', 'idle');
    await (await workspaces.menu('min-1')).choose('Destroy Workspace...');
    await workbench.dialog.shown();
    await workbench.dialog.press('Kill and Destroy');
    await home.agent('MIN-1', 'stopped');
    await workbench.page.getByText('Destroy the workspace of MIN-1?').waitFor();
    assert.ok(existsSync(work()));
    await workbench.dialog.press('Cancel');
    await workbench.notifications.shown('Killed MIN-1. Workspace and conversation are kept.');
    await view.getByText('MIN-1 is idle: your message begins a turn').waitFor({ state: 'detached' });
    await workbench.closeEditors();
  });

  it('stays when a person thinks again', async () => {
    const { workbench } = stage();
    const workspaces = workbench.tree('Workspaces');
    await (await workspaces.menu('min-1')).choose('Destroy Workspace...');
    await workbench.dialog.shown();
    await workbench.dialog.press('Cancel');
    await workspaces.row('min-1').waitFor();
    assert.ok(existsSync(work()));
  });

  it('shows what would be lost, and stays then, too', async () => {
    const { workbench } = stage();
    await (await workbench.tree('Workspaces').menu('min-1')).choose('Destroy Workspace...');
    await workbench.dialog.shown();
    await workbench.dialog.press('Show Changes');
    await workbench.tab('MIN-1 · rehearsal ↔ main').waitFor();
    await workbench.page.locator('.multiDiffEntry').getByText('limit.ts').first().waitFor();
    assert.ok(existsSync(work()));
    await workbench.closeEditors();
  });

  it('is rescued, destroyed, and restored whenever somebody looks for it', async () => {
    const { workbench } = stage();
    const { quickInput, notifications } = workbench;
    const workspaces = workbench.tree('Workspaces');
    await (await workspaces.menu('min-1')).choose('Destroy Workspace...');
    await workbench.dialog.shown();
    await workbench.dialog.press('Rescue and Destroy');
    await notifications.shown('Destroyed the workspace of MIN-1. Branch and rescue are kept.');
    await workspaces.row('min-1').waitFor({ state: 'detached' });
    assert.equal(existsSync(work()), false);

    await workbench.run('Panopticon: Restore Rescued Work...');
    await quickInput.shown('Restore Rescued Work');
    await quickInput.pick('MIN-1');
    await notifications.shown('Restored 1 file of MIN-1.');
    await workspaces.row('min-1').waitFor();
    assert.equal(readFileSync(work(), 'utf8'), 'export const limit = 5;\n');
  });
});
