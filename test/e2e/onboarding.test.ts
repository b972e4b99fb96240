import assert from 'node:assert/strict';
import { useWorkbench } from './support/useWorkbench.ts';

describe('the first minutes', () => {
  const stage = useWorkbench();

  it('begin in views that say what to do', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    await waitForWelcome('Agents', 'Add This Repository');
    await waitForWelcome('Issues', 'Add a Project');
    await waitForWelcome('Workspaces', 'Add a Project');
    await workbench.screenshot('welcome');
  });

  it('leave a runner down that was stopped, and start it at a click', async () => {
    const { home, workbench } = stage();
    await home.pan(['down']);
    await waitForWelcome('Agents', 'Start Runner');
    await workbench.screenshot('welcome-down');
    await workbench.tree('Agents').pressWelcome('Start Runner');
    await workbench.notifications.shown('Runner started.');
    await waitForWelcome('Agents', 'Add This Repository');
  });

  it('show what the machine has', async () => {
    const { workbench } = stage();
    await workbench.run('Panopticon: Run Doctor');
    const page = await workbench.webview(/Panopticon Doctor/);
    await page.getByRole('heading', { name: 'Panopticon Doctor' }).waitFor();
    await workbench.screenshot('doctor');
    await workbench.closeEditors();
  });

  it('take a tour whose steps are ticked off as they are done', async () => {
    const { workbench } = stage();
    await workbench.run('Panopticon: Get Started');
    const page = workbench.page.locator('.gettingStartedContainer');
    await page.getByText('Run a team of agents').first().waitFor();
    await page.getByText('Check this machine').first().waitFor();
    await page
      .locator('.getting-started-step')
      .filter({ hasText: 'Check this machine' })
      .locator('.complete')
      .waitFor();
    await page.getByText('Add your repository').first().click();
    // Pictures show where there is room beside the steps.
    const size = workbench.page.viewportSize();
    assert.ok(size);
    await workbench.page.setViewportSize({ ...size, width: 1_700 });
    await page.locator('.getting-started-media').filter({ visible: true }).first().waitFor();
    await workbench.screenshot('tour');
    await workbench.page.setViewportSize(size);
    await workbench.closeEditors();
  });

  it('add the repository at a click', async () => {
    const { workbench } = stage();
    await workbench.tree('Agents').pressWelcome('Add This Repository');
    await workbench.notifications.shown(/added\. Ids of its issues begin with/);
    await waitForWelcome('Agents', 'Start an Agent');
    await waitForWelcome('Issues', 'Create an Issue');
  });

  it('end with a rehearsal that asks', async () => {
    const { workbench, home } = stage();
    await workbench.tree('Agents').pressWelcome('Start a rehearsal');
    const agents = workbench.tree('Agents');
    await agents.row(/^MYAP-1 /).waitFor();
    const agent = await home.agent('MYAP-1', 'waiting');
    assert.deepEqual([agent.title, agent.runtime, agent.mode], ['Try Panopticon', 'rehearsal', 'ask']);
    await agents.row(/^MYAP-1 Allow git commit\?/).waitFor();
    await workbench.screenshot('rehearsal');
  });

  async function waitForWelcome(view: string, button: string): Promise<void> {
    const tree = await stage().workbench.tree(view).shown();
    await tree.pane.locator('.welcome-view-content').getByText(button, { exact: true }).waitFor();
  }
});
