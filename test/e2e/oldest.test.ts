import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { useWorkbench } from './support/useWorkbench.ts';

describe('the oldest VS Code that the extension allows', () => {
  const stage = useWorkbench({
    edition: 'oldest',
    prepare: async (home) => {
      await home.addProject('MIN');
      home.script([
        [
          { edit: { path: 'limit.ts', text: 'export const limit = 5;\n' } },
          { permission: { tool: 'Bash', command: 'npm test' } },
          { say: 'The tests pass.' },
        ],
        [{ say: 'Then one worker.' }],
      ]);
      home.config(`${readFileSync(home.paths.configFile, 'utf8')}\n[defaults]\nruntime = "rehearsal"\nmode = "ask"\n`);
      await home.issue('Rate-limit login');
    },
  });

  it('starts an agent from the row of its issue', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    const issues = await workbench.tree('Issues').shown();
    await issues.row('MIN-1 Rate-limit login').waitFor();
    await issues.pressAction('MIN-1 Rate-limit login', 'Start Agent...');
    await workbench.quickInput.shown('Start Agent on MIN-1');
    await workbench.quickInput.pick('rehearsal · ask');
    await workbench.statusBar.item('MIN-1 started (rehearsal)').waitFor();
  });

  it('allows what it asks, by the icon of its row', async () => {
    const { workbench, home } = stage();
    const agents = await workbench.tree('Agents').shown();
    await agents.row('MIN-1 Allow npm test?').locator('.codicon-shield').waitFor();
    assert.equal(await workbench.badge('Panopticon'), '1');
    await agents.pressAction('MIN-1 Allow npm test?', 'Allow Once');
    await home.agent('MIN-1', 'idle');
    await agents.row('MIN-1 Rate-limit login').locator('.codicon-circle-outline').waitFor();
  });

  it('tells it something, with a receipt', async () => {
    const { workbench } = stage();
    await workbench.tree('Agents').pressAction('MIN-1 Rate-limit login', 'Tell Agent...');
    await workbench.quickInput.shown('Tell MIN-1');
    await workbench.quickInput.type('Use one worker');
    await workbench.quickInput.accept();
    await workbench.statusBar.item(/^Delivered to MIN-1 in /).waitFor();
  });

  it('shows the conversation in its panel', async () => {
    const { workbench, home } = stage();
    await home.agent('MIN-1', 'idle');
    await workbench.tree('Agents').click('MIN-1 Rate-limit login');
    await workbench.tab('MIN-1 · rehearsal').waitFor();
    const view = await workbench.webview('MIN-1 · rehearsal');
    await view.locator('pan-transcript-row').getByText('Use one worker').waitFor();
    await view.locator('pan-transcript-row').getByText('Then one worker.').waitFor();
    await workbench.screenshot('oldest');
  });

  it('shows everything that it changed', async () => {
    const { workbench } = stage();
    await workbench.tree('Agents').pressAction('MIN-1 Rate-limit login', 'Show Changes');
    await workbench.tab('MIN-1 · rehearsal ↔ main').waitFor();
    await workbench.page.locator('.multiDiffEntry').getByText('limit.ts').first().waitFor();
  });
});
