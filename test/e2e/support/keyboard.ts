import type { Locator } from 'playwright-core';
import { patienceMs } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import { exactly } from './exactly.ts';
import type { Tree } from './tree.ts';
import type { Workbench } from './workbench.ts';

/** A person without a mouse: everything is typed into whatever has the focus. */
export class Keyboard {
  private readonly workbench: Workbench;

  constructor(workbench: Workbench) {
    this.workbench = workbench;
  }

  /** Runs a command as the palette names it. */
  async run(title: string): Promise<void> {
    await this.workbench.press('F1');
    await this.workbench.quickInput.shown();
    await this.type(title);
    await this.enter(title);
  }

  async type(text: string): Promise<void> {
    await this.workbench.page.keyboard.type(text);
  }

  /** Goes to the row of the picker by the arrow keys, and chooses it. */
  async choose(label: string): Promise<void> {
    await this.goTo(rowsOf(this.workbench.quickInput.widget), label);
    await this.enter(label);
  }

  /** Presses Enter once the picker offers this, until the picker takes it: one that comes too soon is ignored. */
  async enter(label: string): Promise<void> {
    const { quickInput, page } = this.workbench;
    const offered = focused(rowsOf(quickInput.widget), label);
    await offered.waitFor();
    const taken = async () => {
      await page.keyboard.press('Enter');
      return offered.waitFor({ state: 'detached', timeout: 3_000 }).then(
        () => true,
        () => undefined,
      );
    };
    await waitFor(taken, { timeoutMs: patienceMs, what: `${label} to be chosen` });
  }

  /** Goes to a row of the tree that has the focus. */
  async goToRow(tree: Tree, label: RegExp): Promise<void> {
    await this.goTo(rowsOf(tree.pane), label);
  }

  private async goTo(rows: Locator, label: string | RegExp): Promise<void> {
    const { page } = this.workbench;
    await named(rows, label).waitFor();
    await page.keyboard.press('Home');
    const there = async () => {
      if (await focused(rows, label).isVisible()) return true;
      await page.keyboard.press('ArrowDown');
      return undefined;
    };
    await waitFor(there, { timeoutMs: patienceMs, what: `the focus to come to ${label}` });
  }
}

function rowsOf(list: Locator): Locator {
  return list.locator('.monaco-list-row');
}

function named(rows: Locator, label: string | RegExp): Locator {
  const name = rows.page().locator('.label-name');
  return rows.filter({ has: name.filter({ hasText: typeof label === 'string' ? exactly(label) : label }) }).first();
}

function focused(rows: Locator, label: string | RegExp): Locator {
  return named(rows, label).and(rows.page().locator('.focused'));
}
