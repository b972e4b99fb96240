import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IssueDetails } from '../../runner/protocol/models.ts';
import type { RunnerHome } from '../support/runnerHome.ts';
import { Keyboard } from './support/keyboard.ts';
import { useWorkbench } from './support/useWorkbench.ts';
import type { Workbench } from './support/workbench.ts';

describe('a person without a mouse', function () {
  this.timeout(120_000);
  const stage = useWorkbench({
    prepare: async (home) => {
      await home.addProject('MIN');
      home.script([
        [
          { edit: { path: 'limit.ts', text: 'export const limit = 5;\n' } },
          { waitFor: { path: 'go-on' } },
          { permission: { tool: 'Bash', command: 'npm test' } },
          { say: 'The tests pass.' },
        ],
        [{ waitFor: { path: 'go-on-again' } }, { say: 'Then one worker.' }],
      ]);
      startsRehearsals(home);
    },
  });

  it('takes a new issue from its first line to done', async () => {
    const { workbench, home } = stage();
    const { quickInput, statusBar } = workbench;
    const keyboard = new Keyboard(workbench);
    const clicks = await countClicks(workbench);
    await workbench.page.locator('.statusbar-item[aria-label^="Panopticon: no agent"]').waitFor();

    await workbench.press('Control+K A');
    const agents = workbench.tree('Agents');
    await agents.pane.locator('.pane-header').waitFor();

    await keyboard.run('Panopticon: Start Agent...');
    await quickInput.shown('Start Agent on Which Issue?');
    await keyboard.type('Limit the logins');
    await keyboard.enter('Create Issue "Limit the logins"');
    await quickInput.shown('Start Agent on MIN-1');
    await keyboard.enter('rehearsal · ask');
    await statusBar.item('MIN-1 started (rehearsal)').waitFor();

    await agents.row('MIN-1 Limit the logins').locator('.codicon-pulse').waitFor();
    const { workspace } = await home.agent('MIN-1', 'working');
    writeFileSync(path.join(workspace, 'go-on'), '');
    await agents.row('MIN-1 Allow npm test?').locator('.codicon-shield').waitFor();

    await workbench.press('Control+K G');
    await quickInput.shown('MIN-1 (rehearsal) wants to run a command, waiting less than a minute');
    await keyboard.choose('Allow Once');
    await statusBar.item('Allowed: npm test (MIN-1)').waitFor();
    await agents.row('MIN-1 Limit the logins').locator('.codicon-circle-outline').waitFor();

    await workbench.press('Control+K A');
    await keyboard.goToRow(agents, /^MIN-1 /);
    await workbench.press('Alt+Enter');
    await quickInput.shown('Tell MIN-1');
    await keyboard.type('Use one worker');
    await workbench.press('Enter');
    await statusBar.item(/^Delivered to MIN-1 in /).waitFor();
    await agents.row('MIN-1 Limit the logins').locator('.codicon-pulse').waitFor();
    writeFileSync(path.join(workspace, 'go-on-again'), '');
    await agents.row('MIN-1 Limit the logins').locator('.codicon-circle-outline').waitFor();

    await keyboard.goToRow(agents, /^MIN-1 /);
    await workbench.press('Shift+Enter');
    await workbench.tab('MIN-1 · rehearsal ↔ main').waitFor();
    await workbench.page.locator('.multiDiffEntry').getByText('limit.ts').first().waitFor();
    await workbench.screenshot('changes');

    await keyboard.run('Panopticon: Mark Done');
    await quickInput.shown('Which Agent Is Done?');
    await keyboard.enter('MIN-1 Limit the logins');
    await workbench.notifications.shown('MIN-1 is done.');
    await home.agent('MIN-1', 'done');
    assert.equal((await home.json<{ issue: IssueDetails }>(['issue', 'show', 'MIN-1'])).issue.state, 'done');
    assert.deepEqual(await clicks(), []);
  });

  it('acts on the row that has the focus, whichever was selected before, and opens nothing by it', async () => {
    const { workbench, home } = stage();
    const { quickInput } = workbench;
    const keyboard = new Keyboard(workbench);
    const agents = workbench.tree('Agents');
    for (const title of ['Export to CSV', 'Dark mode']) {
      const id = await home.issue(title);
      await home.json(['work', 'issue', id]);
      await agents.row(`${id} ${title}`).waitFor();
    }
    await workbench.closeEditors();
    await workbench.press('Control+K A');
    await keyboard.goToRow(agents, /^MIN-3 /);
    await workbench.press('Alt+Enter');
    await quickInput.shown('Tell MIN-3');
    await quickInput.cancel();
    await keyboard.goToRow(agents, /^MIN-2 /);
    await workbench.press('Delete');
    await workbench.notifications.shown('Killed MIN-2. Workspace and conversation are kept.');
    await home.agent('MIN-2', 'stopped');
    assert.equal((await home.agent('MIN-3', () => true)).status, 'working');
    assert.deepEqual(await workbench.tabs(), []);
    await workbench.press('Control+K A');
    await keyboard.goToRow(agents, /^MIN-3 /);
    await workbench.press('Enter');
    await workbench.tab('MIN-3 · rehearsal').waitFor();
  });
});

/** Enter takes the first line of the picker. */
function startsRehearsals(home: RunnerHome): void {
  const { configFile } = home.paths;
  home.config(`${readFileSync(configFile, 'utf8')}\n[defaults]\nruntime = "rehearsal"\nmode = "ask"\n`);
}

/** From now on, whatever a pointer does in the window. */
async function countClicks({ page }: Workbench): Promise<() => Promise<string[]>> {
  const seen = await page.evaluateHandle(() => {
    const types: string[] = [];
    for (const type of ['pointerdown', 'mousedown', 'wheel', 'touchstart'] as const) {
      window.addEventListener(type, () => types.push(type), { capture: true });
    }
    return types;
  });
  return () => seen.jsonValue();
}
