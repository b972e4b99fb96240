import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { useWorkbench } from './support/useWorkbench.ts';

describe('the title of an editor', () => {
  const stage = useWorkbench({
    prepare: async (home) => {
      await home.addProject('MIN');
      home.script([
        [
          { edit: { path: 'src/limit.ts', text: 'export const limit = 5;\n' } },
          { permission: { tool: 'Bash', command: 'npm test &&\nnpm run lint' } },
        ],
      ]);
      await home.issue('Rate-limit login');
      await home.json(['work', 'issue', 'MIN-1', '--runtime', 'rehearsal', '--mode', 'ask']);
      await home.agent('MIN-1', 'waiting');
      home.script([[{ say: 'Nothing to do.' }]]);
      await home.issue('Export to CSV');
      await home.json(['work', 'issue', 'MIN-2', '--runtime', 'rehearsal', '--mode', 'ask']);
      await home.agent('MIN-2', 'idle');
    },
  });

  afterEach(async () => {
    await stage().workbench.closeEditors();
  });

  it('leads from the panel of an agent to its changes', async () => {
    await openPanel(/^MIN-1 /);
    await (await stage().workbench.webview()).locator('pan-request-card').waitFor();
    await stage().workbench.screenshot('editor-title-panel');
    await icon().click();
    await showsChanges();
  });

  it('says of one that changed nothing that it did not', async () => {
    const { workbench } = stage();
    await openPanel(/^MIN-2 /);
    await icon().click();
    await workbench.statusBar.item('MIN-2 has changed nothing yet.').waitFor();
  });

  it('leads from the transcript of an agent to its changes', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    await (await workbench.tree('Agents').shown()).row(/^MIN-1 /).waitFor();
    await workbench.run('Panopticon: Show Transcript');
    await workbench.quickInput.shown();
    await workbench.quickInput.pick('MIN-1 Rate-limit login');
    await workbench.tab('MIN-1 transcript').waitFor();
    await icon().click();
    await showsChanges();
  });

  it('leads from a request to what was changed until then, beside its answers', async () => {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    await (await workbench.tree('Agents').shown()).row(/^MIN-1 /).waitFor();
    await workbench.press('Control+K G');
    await workbench.quickInput.shown(/^MIN-1 \(rehearsal\) wants to run/);
    await workbench.quickInput.choose('Review');
    await workbench.tab('MIN-1 permission').waitFor();
    await icon().waitFor();
    assert.deepEqual(await titles(), [
      'Allow Once',
      'Allow for This Session',
      'Deny',
      'Deny With Message...',
      'Show Changes',
    ]);
    await workbench.screenshot('editor-title-request');
    await icon().click();
    await showsChanges();
  });

  it('has nothing of it where another editor is active', async () => {
    const { workbench } = stage();
    await workbench.run('File: New Untitled Text File');
    await workbench.tab(/^Untitled/).waitFor();
    assert.ok(!(await titles()).includes('Show Changes'));
  });

  async function openPanel(row: RegExp): Promise<void> {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    const agents = await workbench.tree('Agents').shown();
    await agents.expandAll();
    await agents.click(row);
    await workbench.tab(new RegExp(`${row.source.trim()} · rehearsal`)).waitFor();
  }

  async function showsChanges(): Promise<void> {
    const { workbench } = stage();
    await workbench.tab(/^MIN-1 · rehearsal ↔ main/).waitFor();
    await workbench.page.locator('.monaco-editor .view-lines').getByText('export const limit = 5;').first().waitFor();
  }

  function icon(): Locator {
    return actions().getByRole('button', { name: /^Show Changes/ });
  }

  /** The icons of our own; those of VS Code come after them. */
  async function titles(): Promise<string[]> {
    const labels = await actions()
      .locator('.action-label')
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
    const own = labels.map((label) => label.replace(/ \([^()]+\)$/, ''));
    return own.filter((label) => /^(Allow|Deny|Show Changes)/.test(label));
  }

  function actions(): Locator {
    return stage().workbench.page.locator('.editor-group-container.active .editor-actions');
  }
});
