import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { playAgent, playShop, shopFolder } from './support/playShop.ts';
import { smallPng } from './support/smallPng.ts';
import { useWorkbench } from './support/useWorkbench.ts';

/** GitHub shows them at half their size; nobody should wait for one. */
const maxPictureBytes = 250_000;

/** With PAN_PICTURES=1 the pictures of the documentation are made anew. */
describe('the pictures', function () {
  this.timeout(180_000);

  const stage = useWorkbench({
    screen: { width: 1440, height: 900, scale: 2 },
    workspace: shopFolder,
    prepare: playShop,
    settings: {
      'panopticon.attention.delaySeconds': 0,
      'panopticon.attention.everySeconds': 0,
      'panopticon.attention.finished': 'off',
      'editor.minimap.enabled': false,
      'editor.occurrencesHighlight': 'off',
      // The other way of drawing shows letters at twice their size on such a screen.
      'terminal.integrated.gpuAcceleration': 'off',
      'terminal.integrated.defaultProfile.linux': 'sh',
      // Without the name of this machine and the path of the folder.
      'terminal.integrated.profiles.linux': { sh: { path: '/bin/sh', env: { PS1: '$ ' } } },
    },
  });

  it('have a stage', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    await workbench.notifications.close('While you were away');
    const agents = await workbench.tree('Agents').shown();
    await agents.row(/^SHO-142 Allow/).waitFor();
    await agents.expand('Finished');
    await (await workbench.tree('Issues').shown()).row('Todo').waitFor();
    await workbench.dragSideBar(420);
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`show the agents and the panel of one in the theme ${theme}`, async () => {
      const { workbench } = stage();
      await workbench.setTheme(theme);
      const view = await open('SHO-142');
      await view.locator('pan-request-card').waitFor();
      await picture(`agents-${theme}`);
    });
  }

  it('show why one crashed', async () => {
    const view = await open('SHO-144');
    await view.getByRole('tab', { name: 'Why' }).click();
    await view.getByRole('tabpanel').filter({ hasText: 'verdict' }).waitFor();
    await picture('why');
    await view.getByRole('tab', { name: 'Live' }).click();
  });

  it('show the changes of an agent', async () => {
    const { workbench } = stage();
    await open('SHO-142');
    await (await workbench.tree('Agents').menu(/^SHO-142 /)).choose('Show Changes');
    await workbench.tab('SHO-142 · rehearsal ↔ main').waitFor();
    await workbench.page.getByText('perMinute').first().waitFor();
    await workbench.run('Notifications: Clear All Notifications');
    await picture('changes');
  });

  it('show the picker of a start', async () => {
    const { workbench } = stage();
    const { quickInput } = workbench;
    await workbench.closeEditors();
    await workbench.tree('Issues').pressAction(/^SHO-154/, 'Start Agent...');
    await quickInput.shown('Start Agent on SHO-154');
    await quickInput.rows();
    await picture('start');
    await quickInput.cancel();
  });

  it('show a notification', async () => {
    const { workbench, home } = stage();
    await workbench.press('Control+P');
    await workbench.quickInput.shown();
    await workbench.quickInput.type('src/auth/login.ts');
    await workbench.quickInput.rows();
    await workbench.quickInput.accept();
    await workbench.tab('login.ts').waitFor();
    await workbench.run('Notifications: Clear All Notifications');
    const command = 'npm run lint -- --fix';
    const id = await playAgent(home, {
      title: 'Cookie banner',
      labels: ['legal'],
      steps: [
        { edit: { path: 'src/legal/banner.ts', text: 'export const shownOnce = true;\n' } },
        { commit: 'Show the banner once' },
        { permission: { tool: 'Bash', command } },
        { say: 'Clean.' },
      ],
      status: 'waiting',
    });
    const text = `${id} (rehearsal) wants to run: ${command}`;
    await workbench.notifications.shown(text);
    await workbench
      .tree('Agents')
      .row(new RegExp(`^${id}`))
      .waitFor();
    await picture('permission');
    await workbench.notifications.press(text, 'Allow');
    await home.agent(id, 'idle');
    await home.json(['work', 'done', id], { cwd: shopFolder(home) });
    await workbench.closeEditors();
  });

  it('show what pan says of the same agents', async () => {
    const { workbench } = stage();
    await workbench.closeEditors();
    await workbench.run('Terminal: Create New Terminal in Editor Area');
    const terminal = workbench.page.locator('.terminal-wrapper.active .xterm');
    await terminal.waitFor();
    await workbench.page.keyboard.type('pan work status\n');
    await terminal.getByText('stopped', { exact: true }).waitFor();
    await picture('terminal');
    await workbench.page.keyboard.type('exit\n');
  });

  async function open(id: string): Promise<FrameLocator> {
    const { workbench } = stage();
    const row = new RegExp(`^${id} `);
    await workbench.tree('Agents').click(row);
    await workbench.tab(`${id} · rehearsal`).waitFor();
    const view = await workbench.webview(`${id} · rehearsal`);
    await view.locator('pan-panel-header').filter({ hasText: id }).waitFor();
    return view;
  }

  /** Takes the picture that has this name in the documentation, and makes it small. */
  async function picture(name: string): Promise<void> {
    const { workbench, home } = stage();
    // In the title bar, where nothing tells of itself.
    await workbench.page.mouse.move(250, 10);
    const file = await workbench.screenshot(`docs-${name}`);
    const shown = await workbench.page.locator('body').innerText();
    assert.ok(!shown.includes(home.folder), `${name} shows a path of this machine`);
    const small = smallPng(readFileSync(file));
    assert.ok(small.length < maxPictureBytes, `${name} has ${small.length} bytes`);
    if (process.env['PAN_PICTURES'] !== '1') return;
    mkdirSync('docs/pictures', { recursive: true });
    writeFileSync(path.join('docs/pictures', `${name}.png`), small);
  }
});
