import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { FrameLocator } from 'playwright-core';
import type { RunnerHome } from '../support/runnerHome.ts';
import { checkFrame } from './support/checkFrame.ts';
import { useWorkbench } from './support/useWorkbench.ts';

async function start(
  home: RunnerHome,
  title: string,
  status: string,
  steps: Record<string, unknown>[][],
): Promise<string> {
  home.script(steps);
  const id = await home.issue(title);
  await home.json(['work', 'issue', id, '--runtime', 'rehearsal', '--mode', 'ask']);
  await home.agent(id, (agent) => agent.status === status);
  return id;
}

describe('the panel of an agent', () => {
  const stage = useWorkbench({
    prepare: async (home) => {
      await home.addProject('MIN');
      await start(home, 'Rate-limit login', 'waiting', [
        [
          { say: 'I read the auth module first.\n\n```ts\nexport const limit = 5;\n```' },
          { edit: { path: 'src/limit.ts', text: 'export const limit = 5;\n' } },
          { permission: { tool: 'Bash', command: 'npm test -- --runInBand auth' } },
          { say: 'The tests pass.' },
        ],
        [{ say: 'Then one worker.' }],
      ]);
      await start(home, 'Export to CSV', 'waiting', [
        [{ question: { text: 'Keep the BOM?', options: ['Yes', 'No'] } }, { say: 'Kept.' }],
      ]);
      await start(home, 'Fix timezone drift', 'crashed', [[{ crash: 3 }]]);
      await start(home, 'Billing webhooks', 'parked', [[{ usageLimit: { minutes: 90 } }]]);
    },
  });

  it('shows what an agent asks and says, in every theme, without a fault', async () => {
    const { workbench } = stage();
    const faults = checkFrame.watch(workbench.page);
    const view = await open(/^MIN-1 /);
    await view.getByText('npm test -- --runInBand auth').first().waitFor();
    await view.getByText('I read the auth module first.').waitFor();
    assert.equal(await view.locator('pan-request-card pre').textContent(), 'npm test -- --runInBand auth');
    for (const theme of ['light', 'hc', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot('agent-permission');
      assert.deepEqual(await checkFrame.violations(view), [], theme);
    }
    assert.deepEqual(faults(), []);
  });

  const textOf = { Why: 'verdict', Changes: 'src/limit.ts', Queue: 'Messages', Context: 'feature/min-1' };
  for (const [tab, text] of Object.entries(textOf)) {
    it(`shows ${tab}`, async () => {
      const { workbench } = stage();
      const view = await open(/^MIN-1 /);
      await view.getByRole('tab', { name: tab }).click();
      const panel = view.getByRole('tabpanel');
      await panel.filter({ hasText: text }).waitFor();
      await workbench.screenshot(`agent-${tab.toLowerCase()}`);
      assert.deepEqual(await checkFrame.violations(view), []);
      await view.getByRole('tab', { name: 'Live' }).click();
    });
  }

  it('offers what else can be done with the agent from its header', async () => {
    const { workbench } = stage();
    const view = await open(/^MIN-1 /);
    await view.locator('pan-panel-header').getByRole('button', { name: 'More...' }).click();
    await workbench.quickInput.shown('MIN-1');
    const labels = (await workbench.quickInput.rows()).map(({ label }) => label);
    assert.ok(labels.some((label) => label.includes('Kill Agent')));
    assert.ok(!labels.some((label) => label.includes('Resume')));
    await workbench.quickInput.cancel();
  });

  it('keeps what is typed as the reason of a no while it is hidden', async () => {
    const { workbench } = stage();
    const view = await open(/^MIN-1 /);
    await view.getByRole('button', { name: 'Deny With Message...' }).click();
    await view.locator('pan-request-card vscode-text-field:focus-within').waitFor();
    await workbench.page.keyboard.type('Use pnpm.');
    await workbench.run('File: New Untitled Text File');
    await workbench.tab(/^Untitled/).waitFor();
    const again = await open(/^MIN-1 /);
    const field = again.locator('pan-request-card').getByRole('textbox', { name: 'Why not' });
    assert.equal(await field.inputValue(), 'Use pnpm.');
    await again.locator('pan-request-card').getByRole('button', { name: 'Cancel' }).click();
    await again.getByRole('button', { name: 'Allow Once' }).waitFor();
  });

  it('leads from why it waits to its question', async () => {
    const view = await open(/^MIN-1 /);
    await view.getByRole('tab', { name: 'Why' }).click();
    await view.locator('pan-why-tab').getByRole('button', { name: 'Answer' }).click();
    await view.locator('pan-request-card:focus-within').waitFor();
    await view.getByRole('tab', { name: 'Live' }).click();
  });

  it('answers the request that is shown', async () => {
    const { home } = stage();
    const view = await open(/^MIN-1 /);
    await view.getByRole('button', { name: 'Allow Once' }).click();
    await view.locator('pan-transcript-row').getByText('The tests pass.').waitFor();
    await view.locator('pan-request-card').waitFor({ state: 'detached' });
    await home.agent('MIN-1', 'idle');
  });

  it('tells it something and says that it arrived', async () => {
    const view = await open(/^MIN-1 /);
    await view.locator('pan-tell-field textarea').fill('Use one worker.');
    await view.locator('pan-tell-field textarea').press('Control+Enter');
    await view.getByText(/^Delivered \d/).waitFor();
    await view.locator('pan-transcript-row').getByText('Then one worker.').waitFor();
    assert.equal(await view.locator('pan-tell-field textarea').inputValue(), '');
  });

  it('keeps a draft while it is hidden', async () => {
    const { workbench } = stage();
    const view = await open(/^MIN-1 /);
    await view.locator('pan-tell-field textarea').fill('Not yet.');
    await workbench.run('File: New Untitled Text File');
    await workbench.tab(/^Untitled/).waitFor();
    const again = await workbench.webview(/^MIN-1 · rehearsal/);
    await again.locator('pan-transcript-row').getByText('Then one worker.').waitFor();
    assert.equal(await again.locator('pan-tell-field textarea').inputValue(), 'Not yet.');
    await again.locator('pan-tell-field textarea').fill('');
  });

  it('keeps what is chosen and written while another agent is shown, and after its tab was closed', async () => {
    const { workbench } = stage();
    const view = await open(/^MIN-2 /);
    await view.getByRole('radio', { name: 'You decide' }).click();
    await view.locator('pan-tell-field textarea').fill('One more thing.');
    await view.getByRole('tab', { name: 'Queue' }).click();
    await view.getByRole('textbox', { name: 'Work to add' }).fill('Docs');
    await open(/^MIN-1 /);
    await view.locator('pan-panel-header').filter({ hasText: 'MIN-1' }).waitFor();
    assert.equal(await view.locator('pan-tell-field textarea').inputValue(), '');
    assert.equal(await view.getByRole('textbox', { name: 'Work to add' }).inputValue(), '');
    const back = await open(/^MIN-2 /);
    await back.getByRole('radio', { name: 'You decide', checked: true }).waitFor();
    await workbench.closeEditors();
    const again = await open(/^MIN-2 /);
    await again.getByRole('radio', { name: 'You decide', checked: true }).waitFor();
    assert.ok(await again.getByRole('button', { name: 'Send Answer' }).isEnabled());
    assert.equal(await again.locator('pan-tell-field textarea').inputValue(), 'One more thing.');
    await again.locator('pan-tell-field textarea').fill('');
    await again.getByRole('tab', { name: 'Queue' }).click();
    assert.equal(await again.getByRole('textbox', { name: 'Work to add' }).inputValue(), 'Docs');
    await again.getByRole('textbox', { name: 'Work to add' }).fill('');
    await again.getByRole('tab', { name: 'Live' }).click();
  });

  it('takes a choice back where words are written instead', async () => {
    const view = await open(/^MIN-2 /);
    await view.getByRole('radio', { name: 'Yes' }).click();
    await view.getByRole('textbox', { name: 'Answer in words' }).fill('Only for Excel');
    await view.getByRole('radio', { name: 'Yes', checked: false }).waitFor();
    await view.getByRole('radio', { name: 'Yes' }).click();
    await view.getByRole('radio', { name: 'Yes', checked: true }).waitFor();
    assert.equal(await view.getByRole('textbox', { name: 'Answer in words' }).inputValue(), '');
  });

  it('follows to another agent in the same tab, and answers its question', async () => {
    const { workbench, home } = stage();
    const view = await open(/^MIN-2 /);
    await view.getByRole('radio', { name: 'No' }).click();
    await workbench.screenshot('agent-question');
    assert.deepEqual(await checkFrame.violations(view), []);
    await view.getByRole('button', { name: 'Send Answer' }).click();
    await view.locator('pan-transcript-row').getByText('Kept.').waitFor();
    await home.agent('MIN-2', 'idle');
    assert.equal((await workbench.tabs()).filter((title) => /^MIN-\d/.test(title)).length, 1);
  });

  it('comes back with the window, with its agent, its tab and what was typed', async () => {
    const { workbench } = stage();
    const view = await open(/^MIN-1 /);
    await view.locator('pan-tell-field textarea').fill('Later.');
    await view.getByRole('tab', { name: 'Why' }).click();
    const loaded = workbench.page.waitForEvent('load');
    await workbench.run('Developer: Reload Window');
    await loaded;
    const again = await workbench.webview(/^MIN-1 · rehearsal/);
    await again.getByRole('tabpanel').filter({ hasText: 'verdict' }).waitFor();
    assert.equal(await again.locator('pan-tell-field textarea').inputValue(), 'Later.');
    await again.locator('pan-tell-field textarea').fill('');
    await again.getByRole('tab', { name: 'Live' }).click();
  });

  it('says that the runner is away, and leaves what is known', async () => {
    const { workbench, home } = stage();
    const view = await open(/^MIN-1 /);
    await home.pan(['daemon', 'stop']);
    const away = view.locator('.away').getByText('The runner was stopped. Your agents keep working.');
    await away.waitFor();
    await view.locator('pan-tell-field textarea').fill('Later.');
    assert.ok(await view.getByRole('button', { name: 'Send' }).isDisabled());
    await workbench.screenshot('agent-away');
    assert.ok(await view.locator('html').evaluate((page) => page.scrollHeight <= page.clientHeight));
    assert.deepEqual(await checkFrame.violations(view), []);
    await view.locator('pan-tell-field').getByRole('button', { name: 'Start Runner' }).click();
    await away.waitFor({ state: 'detached' });
    await view.getByRole('button', { name: 'Send' }).click();
    await view.getByText(/^(Delivered|Sent|Queued)/).waitFor();
  });

  it('says why one crashed and how to go on', async () => {
    const { workbench } = stage();
    const view = await open(/^MIN-3 /);
    await view.getByRole('button', { name: 'Resume' }).waitFor();
    await view.getByRole('group', { name: 'Its last lines' }).waitFor();
    await workbench.screenshot('agent-crashed');
    assert.deepEqual(await checkFrame.violations(view), []);
  });

  it('says how a workspace comes back that was destroyed', async () => {
    const { home } = stage();
    const view = await open(/^MIN-3 /);
    await home.pan(['workspace', 'destroy', 'MIN-3', '--force']);
    await view.getByText('Its workspace was destroyed. Resume makes it again from its branch.').waitFor();
  });

  it('says that a workspace is missing, and repairs it', async () => {
    const { home } = stage();
    const { workspace } = await home.agent('MIN-4', 'parked');
    await rm(workspace, { recursive: true });
    const view = await open(/^MIN-4 /);
    const note = view.locator('pan-state-note').getByText('The workspace folder of MIN-4 is missing.');
    await note.waitFor();
    await view.locator('pan-state-note').getByRole('button', { name: 'Repair' }).click();
    await note.waitFor({ state: 'detached' });
  });

  it('fits a narrow column', async () => {
    const { workbench } = stage();
    await workbench.page.setViewportSize({ width: 760, height: 800 });
    const view = await open(/^MIN-4 /);
    await view.locator('pan-state-note .big').waitFor();
    await workbench.screenshot('agent-narrow');
    assert.deepEqual(await checkFrame.violations(view), []);
    await workbench.page.setViewportSize({ width: 1280, height: 900 });
  });

  it('attaches to its terminal, and stays with its agent while it is pinned', async () => {
    const { workbench } = stage();
    const view = await open(/^MIN-1 /);
    const header = view.locator('pan-panel-header');
    await header.getByRole('button', { name: 'Pin', exact: true }).click();
    await header.getByRole('button', { name: 'Unpin' }).waitFor();
    await header.getByRole('button', { name: 'Attach' }).click();
    await workbench.page.locator('.terminal-wrapper .xterm').first().waitFor();
    await workbench.run('View: Close Editor');
    await open(/^MIN-2 /);
    await workbench.tab(/^MIN-1 · rehearsal/).waitFor();
  });

  async function open(row: RegExp): Promise<FrameLocator> {
    const { workbench, home } = stage();
    await workbench.showContainer('Panopticon');
    const agents = await workbench.tree('Agents').shown();
    // A row that goes to another group while it is clicked is another row.
    const id = /MIN-\d+/.exec(row.source)?.[0] ?? '';
    await home.agent(id, (agent) => agent.status !== 'working');
    await agents.expandAll();
    await agents.click(row);
    const title = new RegExp(`${row.source.trim()} · rehearsal`);
    await workbench.tab(title).waitFor();
    const view = await workbench.webview(title);
    await view.locator('pan-panel-header').waitFor();
    return view;
  }
});
