import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { useWorkbench } from './support/useWorkbench.ts';

const lines = 200_000;

describe('the panel of an agent with a conversation of 50 MB', () => {
  const stage = useWorkbench({
    prepare: async (home) => {
      await home.addProject('MIN');
      home.script([[{ say: 'Done.' }], [{ say: 'Done again.' }]]);
      await home.issue('Rate-limit login');
      await home.json(['work', 'issue', 'MIN-1', '--runtime', 'rehearsal', '--mode', 'ask']);
      await home.agent('MIN-1', 'idle');
      const folder = home.paths.rehearsalFolder;
      const file = path.join(folder, readdirSync(folder).find((name) => name.endsWith('.jsonl')) ?? '');
      for (let first = 0; first < lines; first += 10_000) appendFileSync(file, page(first, 10_000));
      assert.ok(statSync(file).size > 50_000_000);
    },
  });

  it('shows its end at once, with few rows', async () => {
    const view = await open();
    await row(view, 199_999).waitFor();
    assert.ok((await view.locator('pan-transcript-row').count()) < 100);
  });

  it('loads what is older while somebody scrolls there, and stays where they read', async () => {
    const view = await open();
    const { page: window } = stage().workbench;
    await view.locator('pan-live-tab .scroller').hover();
    // Pages of 100 entries: this one is in the third from the end.
    for (let turn = 0; turn < 200 && !(await row(view, 199_750).isVisible()); turn += 1) {
      await window.mouse.wheel(0, -400);
    }
    await row(view, 199_750).waitFor();
    assert.ok((await view.locator('pan-transcript-row').count()) < 100);
  });

  it('counts what is said meanwhile, and goes to the end when asked', async () => {
    const { home } = stage();
    const view = await open();
    await home.json(['work', 'tell', 'MIN-1', 'And again.']);
    const button = view.getByRole('button', { name: /^\d+ new/ });
    await button.click();
    await view.locator('pan-transcript-row').getByText('Done again.').waitFor();
    await button.waitFor({ state: 'detached' });
  });

  async function open(): Promise<FrameLocator> {
    const { workbench } = stage();
    await workbench.showContainer('Panopticon');
    await (await workbench.tree('Agents').shown()).row(/^MIN-1 /).waitFor();
    await workbench.run('Panopticon: Open Agent');
    await workbench.quickInput.shown();
    await workbench.quickInput.pick('MIN-1 Rate-limit login');
    const view = await workbench.webview(/^MIN-1 · rehearsal/);
    await view.locator('pan-transcript-row').first().waitFor();
    return view;
  }
});

function row(view: FrameLocator, line: number) {
  return view.locator('pan-transcript-row').getByText(`Line ${line}.`);
}

function page(first: number, count: number): string {
  const texts = Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.UTC(2026, 0, 1) + (first + index) * 10).toISOString();
    return JSON.stringify({ at, role: 'tool', text: `Line ${first + index}. ${'x'.repeat(190)}` });
  });
  return `${texts.join('\n')}\n`;
}
