import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { waitFor } from '../support/waitFor.ts';
import { checkFrame } from './support/checkFrame.ts';
import { useWorkbench } from './support/useWorkbench.ts';

const lines = 200_000;

/** What some lines say, beside the number. */
const special: ReadonlyMap<number, { role: string; text: string }> = new Map([
  [7, { role: 'assistant', text: 'The oldest needle.' }],
  [60_000, { role: 'user', text: `${'A line of the task.\n'.repeat(40)}A folded Needle.\n${'More.\n'.repeat(40)}` }],
  [120_000, { role: 'assistant', text: `See:\n\n\`\`\`ts\n${'let a;\n'.repeat(60)}needle(1); needle(2);\n\`\`\`` }],
  [199_990, { role: 'assistant', text: `The newest needle stands far down.${' word'.repeat(2_000)} NEEDLE` }],
]);

describe('the find bar of a conversation of 50 MB', () => {
  const stage = useWorkbench({
    prepare: async (home) => {
      await home.addProject('MIN');
      home.script([[{ say: 'Done.' }], [{ say: 'One more needle.' }]]);
      await home.issue('Rate-limit login');
      await home.json(['work', 'issue', 'MIN-1', '--runtime', 'rehearsal', '--mode', 'ask']);
      await home.agent('MIN-1', 'idle');
      const folder = home.paths.rehearsalFolder;
      const file = path.join(folder, readdirSync(folder).find((name) => name.endsWith('.jsonl')) ?? '');
      for (let first = 0; first < lines; first += 10_000) appendFileSync(file, page(first, 10_000));
      assert.ok(statSync(file).size > 50_000_000);
    },
  });

  it('opens with Ctrl+F, finds in all of it, and goes to parts that were not loaded', async () => {
    const view = await open();
    await view.locator('pan-tell-field textarea').click();
    await type(view, 'needle');
    await says(view, '1 of 6');
    await inSight(view, 'NEEDLE');
    await step(view, 'Enter', '2 of 6', 'The newest needle stands far down.');
    await step(view, 'Enter', '3 of 6', 'needle(2)');
    await step(view, 'Enter', '4 of 6', 'needle(1)');
    await step(view, 'Enter', '5 of 6', 'A folded Needle.');
    await step(view, 'F3', '6 of 6', 'The oldest needle.');
    assert.ok((await view.locator('pan-transcript-row').count()) < 200);
    await stage().workbench.screenshot('find-oldest');
    await step(view, 'Enter', '1 of 6', 'NEEDLE');
    await step(view, 'Shift+F3', '6 of 6', 'The oldest needle.');
    await step(view, 'Shift+Enter', '5 of 6', 'A folded Needle.');
  });

  it('counts what is said meanwhile', async () => {
    const { home } = stage();
    const view = await open();
    await home.json(['work', 'tell', 'MIN-1', 'And again.']);
    await says(view, '6 of 7');
  });

  it('closes with Escape, gives the focus back, and leaves the way to the newest', async () => {
    const view = await open();
    await stage().workbench.page.keyboard.press('Escape');
    await view.locator('pan-find-bar').waitFor({ state: 'detached' });
    await view.locator('pan-tell-field textarea:focus').waitFor();
    assert.equal(await view.locator('mark').count(), 0);
    await view.getByRole('button', { name: 'Newest' }).click();
    await view.locator('pan-transcript-row').getByText('One more needle.').waitFor();
    await view.getByRole('button', { name: 'Newest' }).waitFor({ state: 'detached' });
  });

  it('reads on to the end where somebody scrolls down from what was found', async () => {
    const view = await open();
    const { page: window } = stage().workbench;
    await type(view, 'Line 199500.');
    await says(view, '1 of 1');
    await inSight(view, 'Line 199500.');
    await view.locator('pan-live-tab .scroller').hover();
    const last = view.locator('pan-transcript-row').getByText('One more needle.');
    for (let turn = 0; turn < 300 && !(await last.isVisible()); turn += 1) await window.mouse.wheel(0, 2_000);
    await last.waitFor();
    await view.getByRole('button', { name: 'Newest' }).waitFor({ state: 'detached' });
  });

  it('takes what is typed as it is', async () => {
    const view = await open();
    await type(view, 'Line .*');
    await says(view, 'No results');
    assert.equal(await view.locator('pan-find-bar').getByRole('status').textContent(), 'No results');
    await type(view, 'folded needle.');
    await says(view, '1 of 1');
  });

  it('comes from another tab to the conversation', async () => {
    const view = await open();
    await stage().workbench.page.keyboard.press('Escape');
    await view.getByRole('tab', { name: 'Why' }).click();
    await view.locator('pan-why-tab').waitFor();
    await type(view, 'Line 199990');
    await says(view, 'No results');
    await type(view, 'Line 199991');
    await inSight(view, 'Line 199991');
  });

  it('is without a fault in every theme, and fits a narrow panel', async () => {
    const { workbench } = stage();
    const faults = checkFrame.watch(workbench.page);
    const view = await open();
    await type(view, 'needle(');
    await says(view, '1 of 2');
    await inSight(view, 'needle(2)');
    for (const theme of ['light', 'hc', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot('find');
      assert.deepEqual(await checkFrame.violations(view), [], theme);
    }
    await workbench.run('View: Close Primary Side Bar');
    await workbench.page.setViewportSize({ width: 350, height: 800 });
    await workbench.screenshot('find-narrow');
    assert.deepEqual(await checkFrame.violations(view), []);
    const isWithin = (element: Element) =>
      element.getBoundingClientRect().right <= document.documentElement.clientWidth;
    for (const part of ['pan-live-tab', 'pan-find-bar', '.newer'])
      assert.ok(await view.locator(part).evaluate(isWithin), part);
    await workbench.page.setViewportSize({ width: 1280, height: 900 });
    assert.deepEqual(faults(), []);
  });

  async function open(): Promise<FrameLocator> {
    const { workbench } = stage();
    if ((await workbench.tabs()).some((title) => title.startsWith('MIN-1'))) return workbench.webview();
    await workbench.showContainer('Panopticon');
    await (await workbench.tree('Agents').shown()).click(/^MIN-1 /);
    const view = await workbench.webview(/^MIN-1 · rehearsal/);
    await view.locator('pan-transcript-row').first().waitFor();
    return view;
  }

  /** Types into the find bar, in place of what stands there. */
  async function type(view: FrameLocator, text: string): Promise<void> {
    const { page: window } = stage().workbench;
    await window.keyboard.press('Control+F');
    await view.locator('pan-find-bar input:focus').waitFor();
    await window.keyboard.type(text);
  }

  async function step(view: FrameLocator, keys: string, count: string, found: string): Promise<void> {
    await stage().workbench.page.keyboard.press(keys);
    await says(view, count);
    await inSight(view, found);
  }

  async function says(view: FrameLocator, count: string): Promise<void> {
    await view.locator('pan-find-bar .count').getByText(count, { exact: true }).waitFor();
  }

  /** The match where the person stands, by the text around it. */
  function current(view: FrameLocator, around: string): Locator {
    return view.locator('pan-transcript-row :is(.text, pre)').filter({ hasText: around }).locator('mark.current');
  }

  /** Waits until it stands within what is seen of the conversation, and of its block. */
  async function inSight(view: FrameLocator, around: string): Promise<void> {
    const mark = current(view, around);
    await mark.waitFor();
    const probe = () =>
      mark.evaluate((element) => {
        const { top, bottom, left, right } = element.getBoundingClientRect();
        const at = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2);
        const row = at.find(({ localName }) => localName === 'pan-agent-panel');
        let seen: Element | null = row ?? null;
        while (seen?.shadowRoot != null) {
          const next: Element | null = seen.shadowRoot.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          if (next === null || next === seen) break;
          seen = next;
        }
        return seen === element ? true : undefined;
      });
    await waitFor(probe, { timeoutMs: 10_000, what: `${around} in sight` });
  }
});

function page(first: number, count: number): string {
  const texts = Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.UTC(2026, 0, 1) + (first + index) * 10).toISOString();
    const said = special.get(first + index) ?? {
      role: 'tool',
      text: `Line ${first + index}. ${'x'.repeat(190)}`,
    };
    return JSON.stringify({ at, ...said });
  });
  return `${texts.join('\n')}\n`;
}
