import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { waitFor } from '../support/waitFor.ts';
import { useWorkbench } from './support/useWorkbench.ts';

describe('dragging', () => {
  const stage = useWorkbench({
    prepare: async (home) => {
      home.repository.commit({ 'limit.ts': 'export const limit = 5;\n', 'login.ts': 'export const login = true;\n' });
      await home.addProject('MIN');
      home.script([[{ say: 'Ready.' }]]);
      await home.issue('Rate-limit login');
      await home.json(['work', 'issue', 'MIN-1', '--runtime', 'rehearsal', '--mode', 'ask']);
      await home.agent('MIN-1', 'idle');
      await home.issue('Export to CSV');
      await home.issue('Dark mode');
    },
  });

  it('an issue to another state moves it there, and Undo takes it back', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    const issues = await workbench.tree('Issues').shown();
    await issues.expandAll();
    await drag(issues.row(/^MIN-2 /), issues.row('In progress'));
    await workbench.notifications.shown('Moved MIN-2 to In progress.');
    assert.equal(await stateOf('MIN-2'), 'in_progress');
    await workbench.notifications.press('Moved MIN-2 to In progress.', 'Undo');
    await workbench.notifications.shown('Moved MIN-2 to Todo.');
    await waitFor(async () => ((await stateOf('MIN-2')) === 'todo' ? true : undefined), {
      timeoutMs: 10_000,
      what: 'it to be moved back',
    });
  });

  it('an issue to the agents asks how to start one on it', async () => {
    const { workbench, home } = stage();
    await workbench.showContainer('Panopticon');
    const issues = await workbench.tree('Issues').shown();
    const agents = await workbench.tree('Agents').shown();
    await issues.expandAll();
    await drag(issues.row(/^MIN-3 /), agents.row(/^Idle/));
    await workbench.quickInput.shown('Start Agent on MIN-3');
    await workbench.screenshot('drag-start');
    await workbench.quickInput.cancel();
    assert.deepEqual(
      (await home.agents()).map(({ issueId }) => issueId),
      ['MIN-1'],
    );
  });

  it('files to an agent begins a message to it that names them', async () => {
    const { workbench } = stage();
    const { page } = workbench;
    await workbench.press('Control+Shift+E');
    const file = (name: string) => page.locator('.explorer-folders-view').getByRole('treeitem', { name });
    await file('limit.ts').click();
    await file('login.ts').click({ modifiers: ['ControlOrMeta'] });
    await file('login.ts').hover();
    await page.mouse.down();
    // Another container opens when somebody stays on its icon while they drag.
    const row = workbench.tree('Agents').row(/^MIN-1 /);
    const stay = async (): Promise<true | undefined> => {
      await moveOver(page.locator('.activitybar').getByRole('tab', { name: /^Panopticon/ }));
      return (await row.isVisible()) || undefined;
    };
    await waitFor(stay, { timeoutMs: 10_000, what: 'the agents to show' });
    await moveOver(row);
    await page.mouse.up();
    await workbench.tab('Message to MIN-1.md').waitFor();
    await page
      .locator('.monaco-editor .view-lines')
      .filter({ hasText: /^limit\.ts\s*login\.ts/ })
      .waitFor();
    await workbench.screenshot('drag-files');
  });

  async function drag(from: Locator, to: Locator): Promise<void> {
    await from.waitFor();
    await to.waitFor();
    await from.dragTo(to);
  }

  /** Moves within the element, as a hand does: a browser tells of a drag where the pointer moves. */
  async function moveOver(element: Locator): Promise<void> {
    const { mouse } = stage().workbench.page;
    const box = await element.boundingBox();
    assert.ok(box !== null);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await mouse.move(x - 4, y - 2, { steps: 4 });
    await mouse.move(x, y, { steps: 4 });
  }

  async function stateOf(id: string): Promise<string> {
    return (await stage().home.json<{ issue: { state: string } }>(['issue', 'show', id])).issue.state;
  }
});
