import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { patienceMs } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import { checkFrame } from './checkFrame.ts';
import { systemColors } from './systemColors.ts';
import type { Theme, Workbench } from './workbench.ts';

/** What a picture has to show in every theme. */
export interface Shown {
  /** Webviews, which are looked through for faults, too. */
  views?: readonly FrameLocator[];
  /** What must not have closed meanwhile: a hover, a picker, a toast, a dialog. */
  open?: readonly Locator[];
  /** Opens what VS Code closes with every theme: the tooltip of a row, which is drawn anew then. */
  reopen?: () => Promise<void>;
}

/** The class that VS Code gives to the body of a webview. */
const bodies: Readonly<Record<Theme, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  hc: 'vscode-high-contrast',
};

/** Parts of the workbench that show our texts, and have room for all of them. */
const whole = [
  '.monaco-button',
  '.monaco-dialog-box .dialog-message-row',
  '.notification-list-item-message',
  '.quick-input-title',
  '.welcome-view-content',
  '.workbench-hover',
].join();

/**
 * Takes pictures of what is on the screen, one in each theme: `.cache/pictures/<name>-<theme>.png`. It needs
 * a window with `systemColors`, which is dark before and after.
 */
export async function takePictures(workbench: Workbench, name: string, shown: Shown = {}): Promise<void> {
  const { page } = workbench;
  for (const theme of ['light', 'hc', 'dark'] as const) {
    await systemColors.prefer(page, theme);
    await workbench.themed(theme);
    for (const view of shown.views ?? []) await view.locator(`body.${bodies[theme]}`).waitFor();
    await shown.reopen?.();
    for (const locator of shown.open ?? []) assert.ok(await locator.isVisible(), `${name}, ${theme}: it closed`);
    // Nothing tells of itself there.
    if (shown.reopen === undefined && shown.open === undefined) await page.mouse.move(250, 10);
    await workbench.screenshot(name);
    await looksRight(`${name}, ${theme}`);
  }

  async function looksRight(what: string): Promise<void> {
    for (const view of shown.views ?? []) {
      assert.deepEqual(await checkFrame.violations(view), [], what);
      assert.deepEqual(await checkFrame.clipped(view), [], what);
    }
    const labels = page.locator(
      '.sidebar .monaco-list-row .label-name, .quick-input-widget .monaco-list-row .label-name',
    );
    const filled = async () => (await labels.allInnerTexts()).every((text) => text.trim() !== '') || undefined;
    await waitFor(filled, { timeoutMs: patienceMs, what: `${what}: all rows to have a text` });
    const cut = await page
      .locator(whole)
      .filter({ visible: true })
      .evaluateAll((elements) =>
        elements
          .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
          .map((element) => `${element.className}: ${element.textContent ?? ''}`),
      );
    assert.deepEqual(cut, [], `${what}: cut off`);
  }
}
