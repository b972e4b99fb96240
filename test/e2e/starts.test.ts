import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { holdCheckouts } from '../support/heldCheckout.ts';
import { patienceMs } from '../support/runnerHome.ts';
import { waitFor } from '../support/waitFor.ts';
import { useWorkbench } from './support/useWorkbench.ts';

describe('starts of agents, in a window', () => {
  const stage = useWorkbench({
    prepare: async (home) => {
      await home.addProject('MIN');
      home.script([[{ say: 'All done.' }]]);
      home.config(`${readFileSync(home.paths.configFile, 'utf8')}\n[defaults]\nruntime = "rehearsal"\nmode = "ask"\n`);
      for (const title of ['Rate-limit login', 'Export to CSV', 'Dark mode']) await home.issue(title);
    },
  });

  before(async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    await (await workbench.tree('Issues').shown()).row(/^MIN-1/).waitFor();
  });

  /** Opens the picker of an issue that has no agent. */
  async function choose(id: string, row: string): Promise<void> {
    const { workbench } = stage();
    const issues = workbench.tree('Issues');
    // What runs is listed first: rows move once it does.
    await issues.settled();
    await issues.pressAction(new RegExp(`^${id} `), 'Start Agent...');
    await workbench.quickInput.shown(`Start Agent on ${id}`);
    await workbench.quickInput.pick(row);
  }

  /** Chooses the mode bypass, by the steps of the picker. */
  async function chooseBypass(id: string): Promise<void> {
    const { quickInput } = stage().workbench;
    await choose(id, 'Choose Runtime, Model and Mode...');
    await quickInput.shown(`Start Agent on ${id} (1/3)`);
    await quickInput.pick('rehearsal');
    await quickInput.shown(`Start Agent on ${id} (2/3)`);
    await quickInput.accept();
    await quickInput.shown(`Start Agent on ${id} (3/3)`);
    await quickInput.pick('bypass');
  }

  it('that last can be canceled, and leave neither agent nor workspace', async () => {
    const { workbench, home } = stage();
    const { notifications } = workbench;
    const held = holdCheckouts(home.repository, home.folder);
    await choose('MIN-1', 'rehearsal · ask');
    await held.begun();
    const progress = 'Starting MIN-1: creating workspace';
    assert.deepEqual(await notifications.buttons(progress), ['Cancel']);
    await workbench.screenshot('start-lasting');
    await notifications.press(progress, 'Cancel');
    await home.agent('MIN-1', ({ reason }) => reason === 'canceling');
    held.release();
    const canceled = 'Starting MIN-1 was canceled; nothing was made.';
    assert.deepEqual(await notifications.buttons(canceled), ['Start Agent']);
    await workbench.screenshot('start-canceled');
    await notifications.close(canceled);
    assert.deepEqual(await home.agents(), []);
    assert.deepEqual(await (await home.runner()).workspaces.list({}), []);
    assert.ok(!existsSync(path.join(home.repository.path, 'workspaces', 'feature-min-1')));
    const noRow = async () => ((await workbench.tree('Agents').labels()).length === 0 ? true : undefined);
    await waitFor(noRow, { timeoutMs: patienceMs, what: 'the row of the start to leave' });
  });

  it('in the mode bypass are allowed once for a project', async () => {
    const { workbench, home } = stage();
    const { dialog } = workbench;
    await chooseBypass('MIN-1');
    await dialog.shown();
    const text = await dialog.text();
    assert.match(text, /^Let agents in my-app do everything without asking\?/);
    assert.match(text, /run every command and change every file without asking, as you\. It is asked once/);
    assert.deepEqual((await dialog.buttons()).toSorted(), ['Allow in This Project', 'Cancel']);
    await workbench.screenshot('bypass');
    await dialog.press('Cancel');
    assert.deepEqual(await home.agents(), []);

    await chooseBypass('MIN-1');
    await dialog.shown();
    await dialog.press('Allow in This Project');
    assert.equal((await home.agent('MIN-1', 'idle')).mode, 'bypass');

    await chooseBypass('MIN-2');
    assert.equal((await home.agent('MIN-2', 'idle')).mode, 'bypass');
    await workbench.statusBar.item('MIN-2 started (rehearsal)').waitFor();
    await workbench
      .tree('Agents')
      .row(/^MIN-2/)
      .waitFor();
    await workbench.screenshot('bypass-rows');
  });

  it('cost what a picker says by agent, day and model, and leads to the agent', async () => {
    const { workbench, home } = stage();
    const { quickInput } = workbench;
    const counted = async () => {
      const { byAgent } = await (await home.runner()).costs.report({});
      return byAgent.length === 2 || undefined;
    };
    await waitFor(counted, { timeoutMs: patienceMs, what: 'both agents to be counted' });
    await workbench.run('Panopticon: Show Cost');
    await quickInput.shown(/^Cost: \d+ tokens/);
    assert.match((await quickInput.placeholder()) ?? '', /^List prices of /);
    const rows = await quickInput.rows();
    assert.deepEqual(
      rows.map(({ label }) => label.replace(/^\d{4}-\d\d-\d\d$/, 'a day')).toSorted(),
      ['All', 'MIN-1 Rate-limit login', 'MIN-2 Export to CSV', 'a day', 'rehearsal'].toSorted(),
    );
    assert.ok(rows.every(({ description }) => / tokens( · \$\d+\.\d\d)?$/.test(description)));
    await workbench.screenshot('cost');
    await quickInput.pick('MIN-1 Rate-limit login');
    await workbench.tab(/MIN-1/).waitFor();
    const page = await workbench.webview(/MIN-1/);
    await page.getByRole('tab', { name: 'Context', selected: true }).waitFor();
  });
});
