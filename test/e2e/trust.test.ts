import assert from 'node:assert/strict';
import { useWorkbench } from './support/useWorkbench.ts';

describe('a folder that is not trusted', () => {
  const stage = useWorkbench({
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
  });

  it('starts nothing, and says why', async () => {
    const { workbench, home } = stage();
    await workbench.showContainer('Panopticon');
    for (const view of ['Agents', 'Issues']) {
      const tree = await workbench.tree(view).shown();
      assert.deepEqual(await tree.welcome(), [
        'Panopticon starts programs in this folder, so it needs you to trust it first.',
        'Manage Workspace Trust',
      ]);
    }
    await workbench.screenshot('untrusted');
    assert.deepEqual(await home.daemons(), []);
  });

  it('has its runner as soon as a person trusts it', async () => {
    const { workbench } = stage();
    const agents = workbench.tree('Agents');
    await agents.pressWelcome('Manage Workspace Trust');
    await workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await agents.pane.locator('.welcome-view-content').getByText('Add This Repository', { exact: true }).waitFor();
  });
});
