import type { FrameLocator, Locator } from 'playwright-core';
import { type Shown, takePictures } from './support/gallery.ts';
import { calm, playEveryState } from './support/playEveryState.ts';
import { shopFolder } from './support/playShop.ts';
import { useWorkbench } from './support/useWorkbench.ts';

/** The tabs of the panel, and what each says once all of it is there. */
const tabs = { Why: 'verdict', Changes: 'limit.test.ts', Queue: 'No messages.', Context: 'tokens', Live: 'Next I run' };

/** An agent for each state, and what its panel says then. */
const states = {
  question: ['SHO-143', 'Keep it'],
  crashed: ['SHO-144', 'exit code 3'],
  working: ['SHO-145', 'npm run build'],
  stuck: ['SHO-146', 'without a sign of life'],
  limit: ['SHO-149', 'usage limit'],
  idle: ['SHO-150', 'your message begins a turn'],
  stopped: ['SHO-151', 'stopped by you'],
  done: ['SHO-152', 'Password reset'],
  plan: ['SHO-159', 'Reserve stock while somebody pays'],
  edit: ['SHO-160', 'Math.round'],
  script: ['SHO-161', 'delete from carts'],
  login: ['SHO-162', 'logged out'],
  bypass: ['SHO-163', 'bypass'],
  unreadable: ['SHO-300', 'unreadable'],
} as const;

/** In every theme, into `.cache/pictures/`: to be looked at. What a machine can tell of them is asserted. */
describe('the gallery of the panel and what opens from the views', function () {
  this.timeout(180_000);

  const stage = useWorkbench({
    workspace: shopFolder,
    prepare: playEveryState,
    hasSystemColors: true,
    settings: calm,
  });
  const take = (name: string, shown?: Shown) => takePictures(stage().workbench, `gallery-${name}`, shown);
  const picker = (): Locator => stage().workbench.quickInput.widget;

  before(async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    await workbench.notifications.close('While you were away');
    const agents = await workbench.tree('Agents').shown();
    await agents.row(/^SHO-142 Allow/).waitFor();
    for (const view of ['Issues', 'Workspaces']) await workbench.tree(view).folded();
    await agents.settled();
    await agents.expand('Finished');
  });

  it('shows a panel: permission, and each of its tabs', async () => {
    const view = await open('SHO-142');
    await view.locator('pan-request-card').waitFor();
    for (const [tab, text] of Object.entries(tabs)) {
      await view.getByRole('tab', { name: tab }).click();
      await view.getByRole('tabpanel').filter({ hasText: text }).waitFor();
      await take(`panel-${tab.toLowerCase()}`, { views: [view] });
    }
  });

  for (const [name, [id, text]] of Object.entries(states)) {
    it(`shows a panel: ${name}`, async () => {
      const view = await open(id);
      await view.getByText(text).first().waitFor();
      await take(`panel-${name}`, { views: [view] });
    });
  }

  for (const [name, id] of Object.entries({
    narrow: 'SHO-142',
    'narrow-question': 'SHO-143',
    'narrow-plan': 'SHO-159',
  })) {
    it(`shows a panel of 300 pixels: ${name}`, async () => {
      const { page } = stage().workbench;
      const view = await open(id);
      await view.locator('pan-request-card').waitFor();
      const size = page.viewportSize() ?? { width: 1280, height: 900 };
      await page.setViewportSize({ ...size, width: 660 });
      await take(`panel-${name}`, { views: [view] });
      await page.setViewportSize(size);
    });
  }

  it('shows all changes of an agent, its transcript and its terminal', async () => {
    const { workbench } = stage();
    const agents = workbench.tree('Agents');
    await workbench.closeEditors();
    await (await agents.menu(/^SHO-142 /)).choose('Show Changes');
    await workbench.tab('SHO-142 · rehearsal ↔ main').waitFor();
    await workbench.page.getByText('perMinute').first().waitFor();
    // VS Code complains of its own TypeScript here.
    await workbench.run('Notifications: Clear All Notifications');
    await take('changes');
    await workbench.closeEditors();
    await (await agents.menu(/^SHO-142 /)).choose('Show Transcript');
    await workbench.page.locator('.view-line').filter({ hasText: 'The key is account' }).first().waitFor();
    await take('transcript');
    await workbench.closeEditors();
    await (await agents.menu(/^SHO-142 /)).choose('Attach Terminal');
    await workbench.page.locator('.terminal-wrapper.active .xterm').getByText('Allow').first().waitFor();
    await take('terminal');
    await workbench.closeEditors();
  });

  it('shows what an agent asks and what can be answered', async () => {
    const { quickInput, tree } = parts();
    for (const [name, id] of Object.entries({
      brief: 'SHO-142',
      question: 'SHO-143',
      plan: 'SHO-159',
      edit: 'SHO-160',
      script: 'SHO-161',
    })) {
      await (await tree('Agents').menu(new RegExp(`^${id} `))).choose('Answer Request...');
      await quickInput.shown();
      await quickInput.rows();
      await take(`answer-${name}`, { open: [picker()] });
      if (name === 'script') {
        await quickInput.choose('Deny With Message...');
        await quickInput.shown(`Deny With Message: ${id}`);
        await take('deny', { open: [picker()] });
      }
      await quickInput.cancel();
    }
    await stage().workbench.closeEditors();
  });

  it('shows what is said before a workspace is destroyed', async () => {
    const { workbench } = stage();
    await workbench.tree('Agents').folded();
    const workspaces = await workbench.tree('Workspaces').shown();
    for (const [name, id] of Object.entries({ work: 'sho-144', running: 'sho-150' })) {
      await workspaces.settled();
      await (await workspaces.menu(id)).choose('Destroy Workspace...');
      await workbench.dialog.shown();
      await take(`destroy-${name}`, { open: [workbench.page.locator('.monaco-dialog-box')] });
      await workbench.dialog.press('Cancel');
    }
    await workspaces.folded();
    await workbench.tree('Agents').shown();
  });

  it('shows the fields of a message and of work', async () => {
    const { workbench } = stage();
    const { quickInput } = workbench;
    await (await workbench.tree('Agents').menu(/^SHO-145 /)).choose('Tell Agent...');
    await quickInput.shown();
    await take('tell', { open: [quickInput.widget] });
    await quickInput.cancel();
    await (await workbench.tree('Agents').menu(/^SHO-145 /)).choose('Queue Work for Agent...');
    await quickInput.shown();
    await take('queue-work', { open: [quickInput.widget] });
    await quickInput.cancel();
  });

  it('shows a side bar of 200 pixels', async () => {
    const { workbench } = stage();
    await workbench.dragSideBar(200);
    await take('narrow-side-bar');
  });

  it('shows the menus of rows', async () => {
    const { workbench } = stage();
    const menu = await workbench.tree('Agents').menu(/^SHO-142 /);
    await take('menu', { open: [workbench.page.locator('.monaco-menu').first()] });
    await menu.close();
    const more = await workbench.tree('Agents').overflow();
    await take('menu-view', { open: [workbench.page.locator('.monaco-menu').first()] });
    await more.close();
  });

  function parts() {
    const { workbench } = stage();
    return { quickInput: workbench.quickInput, tree: (view: string) => workbench.tree(view) };
  }

  async function open(id: string): Promise<FrameLocator> {
    const { workbench } = stage();
    await workbench.tree('Agents').click(id === 'SHO-162' ? /^Log in/ : new RegExp(`^${id} `));
    await workbench.tab(id).waitFor();
    const view = await workbench.webview(id);
    await view.locator('pan-panel-header').filter({ hasText: id }).waitFor();
    return view;
  }
});
