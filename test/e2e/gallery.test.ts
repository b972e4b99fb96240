import type { Locator } from 'playwright-core';
import { patienceMs } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';
import { type Shown, takePictures } from './support/gallery.ts';
import { calm, playEveryState } from './support/playEveryState.ts';
import { shopFolder } from './support/playShop.ts';
import { useWorkbench } from './support/useWorkbench.ts';

/** In every theme, into `.cache/pictures/`: to be looked at. What a machine can tell of them is asserted. */
describe('the gallery of agents', function () {
  this.timeout(180_000);

  const stage = useWorkbench({
    workspace: shopFolder,
    prepare: playEveryState,
    hasSystemColors: true,
    settings: calm,
  });
  const take = (name: string, shown?: Shown) => takePictures(stage().workbench, name, shown);
  const hover = (): Locator => stage().workbench.page.locator('.workbench-hover').filter({ visible: true });

  it('shows every state in the views', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    const away = workbench.page.locator('.notification-toast').filter({ hasText: 'While you were away' });
    await away.waitFor();
    await take('gallery-notice-away', { open: [away] });
    await workbench.notifications.close('While you were away');
    const agents = await workbench.tree('Agents').shown();
    await agents.row(/^SHO-142 Allow/).waitFor();
    await agents.expand('Finished');
    for (const view of ['Issues', 'Workspaces']) await workbench.tree(view).folded();
    await take('gallery-agents');
  });

  const tooltips = { ask: /^SHO-142 /, stuck: /^SHO-146 /, parked: /^SHO-149 /, unreadable: /^SHO-300 / };
  for (const [name, row] of Object.entries(tooltips)) {
    it(`shows a tooltip: ${name}`, async () => {
      await takeTooltip(name, stage().workbench.tree('Agents').row(row));
    });
  }

  it('shows the tooltip of the status bar', async () => {
    await takeTooltip('status-bar', stage().workbench.statusBar.item(/need you/));
  });

  it('shows issues and workspaces', async () => {
    const { workbench } = stage();
    await workbench.tree('Agents').folded();
    await (await workbench.tree('Issues').shown()).row('Todo').waitFor();
    const workspaces = await workbench.tree('Workspaces').shown();
    await workspaces.expand('sho-142');
    await workspaces.row('limit.test.ts').waitFor();
    await take('gallery-issues-workspaces');
    await takeTooltip('workspace', workspaces.row('sho-142'));
    await takeTooltip('issue', workbench.tree('Issues').row(/^SHO-154 /));
  });

  async function takeTooltip(name: string, target: Locator): Promise<void> {
    await take(`gallery-tooltip-${name}`, { open: [hover()], reopen: () => showTooltip(target) });
  }

  async function showTooltip(target: Locator): Promise<void> {
    const { page } = stage().workbench;
    // What is drawn anew loses its tooltip until the pointer moves again.
    const probe = async () => {
      await page.mouse.move(900, 500);
      await hover().waitFor({ state: 'hidden' });
      await target.hover();
      return hover()
        .first()
        .waitFor({ timeout: 3_000 })
        .then(
          () => true,
          () => undefined,
        );
    };
    await waitFor(probe, { timeoutMs: patienceMs, what: 'a tooltip' });
  }
});
