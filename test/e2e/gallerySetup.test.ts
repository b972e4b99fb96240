import { writeFileSync } from 'node:fs';
import type { FrameLocator, Locator } from 'playwright-core';
import { type Shown, takePictures } from './support/gallery.ts';
import { useWorkbench } from './support/useWorkbench.ts';
import type { Workbench } from './support/workbench.ts';

const take = (workbench: Workbench, name: string, shown?: Shown) => takePictures(workbench, `gallery-${name}`, shown);

function welcome(workbench: Workbench, view: string, text: string): Promise<void> {
  const { pane } = workbench.tree(view);
  return pane.locator('.welcome-view-content').getByText(text).first().waitFor();
}

/** In every theme, into `.cache/pictures/`: to be looked at. What a machine can tell of them is asserted. */
describe('the gallery of the first minutes', function () {
  this.timeout(120_000);

  const stage = useWorkbench({ hasSystemColors: true });

  it('shows views without a project, and without a runner', async () => {
    const { workbench, home } = stage();
    await workbench.showContainer('Panopticon');
    for (const view of ['Agents', 'Issues', 'Workspaces']) await workbench.tree(view).shown();
    await welcome(workbench, 'Agents', 'Add This Repository');
    await welcome(workbench, 'Workspaces', 'Add a Project');
    await take(workbench, 'welcome-project');
    await home.pan(['down']);
    await welcome(workbench, 'Agents', 'Start Runner');
    await take(workbench, 'welcome-down');
    await workbench.tree('Agents').pressWelcome('Start Runner');
    await welcome(workbench, 'Agents', 'Add This Repository');
  });

  it('shows what the machine has', async () => {
    const { workbench } = stage();
    await workbench.run('Panopticon: Run Doctor');
    const page = await workbench.webview(/Panopticon Doctor/);
    await page.getByRole('heading', { name: 'Panopticon Doctor' }).waitFor();
    await take(workbench, 'doctor', { open: [heading(page)] });
    await workbench.closeEditors();
  });

  it('shows the tour', async () => {
    const { workbench } = stage();
    const { page } = workbench;
    await workbench.run('Notifications: Clear All Notifications');
    await workbench.run('Panopticon: Get Started');
    const steps = page.locator('.gettingStartedContainer');
    // Pictures show where there is room beside the steps.
    await page.setViewportSize({ width: 1_700, height: 900 });
    for (const [name, step] of Object.entries({
      project: 'Add your repository',
      answer: 'Answer it',
      review: 'Review the work',
    })) {
      await steps.getByText(step).first().click();
      await page.locator('.getting-started-media').filter({ visible: true }).first().waitFor();
      await take(workbench, `tour-${name}`);
    }
    await page.setViewportSize({ width: 1_280, height: 900 });
    await workbench.closeEditors();
  });

  it('shows views with nothing in them yet, and nothing that fits', async () => {
    const { workbench, home } = stage();
    await home.json(['project', 'add', home.repository.path, '--prefix', 'SHO']);
    await welcome(workbench, 'Agents', 'Start an Agent');
    await welcome(workbench, 'Issues', 'Create an Issue');
    await welcome(workbench, 'Workspaces', 'A workspace is');
    await take(workbench, 'welcome-empty');
  });

  it('shows an issue, the filter, and what a filter leaves', async () => {
    const { workbench, home } = stage();
    const { quickInput } = workbench;
    const runner = await home.runner();
    const body = 'Excel guesses the encoding wrong.\n\n- Keep the byte order mark?\n- `orders/export.ts` writes it.\n';
    const { path: cwd } = home.repository;
    for (const state of ['backlog', 'todo', 'planning', 'in_progress', 'in_review', 'done'] as const) {
      const { id } = await runner.issues.create({ cwd, title: 'Export orders to CSV', labels: ['orders'], body });
      await runner.issues.edit({ id, state });
    }
    const issues = workbench.tree('Issues');
    for (const view of ['Agents', 'Workspaces']) await workbench.tree(view).folded();
    await issues.row('Done').waitFor();
    await issues.settled();
    await issues.expandAll();
    await issues.click('SHO-2 Export orders to CSV');
    const page = await workbench.webview();
    await page.getByText('Excel guesses').waitFor();
    await take(workbench, 'issue', { open: [page.getByText('Excel guesses')] });
    await issues.pressTitleAction('Filter Issues...');
    await quickInput.shown();
    await quickInput.rows();
    await take(workbench, 'filter', { open: [quickInput.widget] });
    await quickInput.cancel();
    await workbench.closeEditors();
  });

  it('shows the pickers of a start and of a search', async () => {
    const { workbench } = stage();
    const { quickInput } = workbench;
    await workbench.tree('Issues').pressAction('SHO-2 Export orders to CSV', 'Start Agent...');
    await quickInput.shown('Start Agent on SHO-2');
    await quickInput.rows();
    await take(workbench, 'start', { open: [quickInput.widget] });
    await quickInput.pick('Choose Runtime, Model and Mode...');
    await quickInput.shown('Start Agent on SHO-2 (1/3)');
    await quickInput.rows();
    await take(workbench, 'start-runtimes', { open: [quickInput.widget] });
    await quickInput.pick('rehearsal');
    await quickInput.shown('Start Agent on SHO-2 (2/3)');
    await quickInput.accept();
    await quickInput.shown('Start Agent on SHO-2 (3/3)');
    await quickInput.rows();
    await take(workbench, 'start-modes', { open: [quickInput.widget] });
    await quickInput.pick('bypass');
    await workbench.dialog.shown();
    await take(workbench, 'bypass', { open: [workbench.page.locator('.monaco-dialog-box')] });
    await workbench.dialog.press('Cancel');
    await workbench.run('Panopticon: Search Issues...');
    await quickInput.shown();
    await quickInput.type('export');
    await quickInput.rows();
    await take(workbench, 'search', { open: [quickInput.widget] });
    await quickInput.cancel();
  });
});

describe('the gallery of a folder that is not trusted', function () {
  this.timeout(120_000);

  const stage = useWorkbench({
    hasSystemColors: true,
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
  });

  it('shows why nothing runs', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    await workbench.tree('Agents').shown();
    await welcome(workbench, 'Agents', 'Manage Workspace Trust');
    await take(workbench, 'welcome-untrusted');
  });
});

describe('the gallery of a runner that does not start', function () {
  this.timeout(120_000);

  const stage = useWorkbench({
    hasSystemColors: true,
    // A file where its folder has to be.
    prepare: async (home) => writeFileSync(home.home, ''),
  });

  it('shows how to find out why', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    await workbench.tree('Agents').shown();
    await welcome(workbench, 'Agents', 'The runner did not start');
    await take(workbench, 'welcome-failed');
  });
});

function heading(page: FrameLocator): Locator {
  return page.getByRole('heading', { name: 'Panopticon Doctor' });
}
