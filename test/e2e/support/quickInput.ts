import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../../support/waitFor.ts';
import { exactly } from './exactly.ts';

export interface QuickRow {
  label: string;
  description: string;
  detail: string;
}

/** The one picker or input field that VS Code shows at a time. */
export class QuickInput {
  readonly widget: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.widget = page.locator('.quick-input-widget').filter({ visible: true });
  }

  get field(): Locator {
    return this.widget.locator('.quick-input-filter input');
  }

  /** Waits until one is shown, with this title if given. */
  async shown(title?: string | RegExp): Promise<this> {
    const wanted = title === undefined ? this.widget : this.widget.filter({ has: this.titled(title) });
    await wanted.waitFor();
    return this;
  }

  async hidden(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  /** Replaces what is in the field. */
  async type(text: string): Promise<void> {
    await this.field.fill(text);
  }

  placeholder(): Promise<string | null> {
    return this.field.getAttribute('placeholder');
  }

  /** What stands below the field: the prompt, or why the text is refused. */
  async message(): Promise<string> {
    return (await this.widget.locator('.quick-input-message').innerText()).trim();
  }

  /** Once there are rows, those that are drawn: about twenty of a longer list. */
  async rows(): Promise<QuickRow[]> {
    const rows = this.widget.locator('.monaco-list-row');
    await rows.first().waitFor();
    return Promise.all(
      (await rows.all()).map(async (row) => ({
        label: await textOf(row.locator('.quick-input-list-row').first().locator('.label-name')),
        description: await textOf(row.locator('.quick-input-list-label .label-description')),
        detail: await textOf(row.locator('.quick-input-list-label-meta')),
      })),
    );
  }

  /** Chooses the row with this label. In a picker of many it ticks the row; `accept` follows then. */
  async pick(label: string): Promise<void> {
    await this.row(label).click();
  }

  /** The same where a click right after the picker came is taken for a reflex, and does nothing. */
  async choose(label: string): Promise<void> {
    const taken = async (): Promise<true | undefined> => {
      if (!(await this.row(label).isVisible())) return true;
      await this.pick(label);
      return this.row(label)
        .waitFor({ state: 'hidden', timeout: 3_000 })
        .then(
          () => true,
          () => undefined,
        );
    };
    await this.row(label).waitFor();
    // The hover of what the pointer was on before may cover the rows.
    await this.widget.locator('.quick-input-title').hover({ force: true });
    await waitFor(taken, { timeoutMs: 30_000, what: `${label} to be taken` });
  }

  /** Presses the button of a row. */
  async pressRowButton(label: string, button: string): Promise<void> {
    await this.row(label).hover();
    await this.row(label)
      .getByRole('button', { name: exactly(button) })
      .click();
  }

  /** Presses a button of the title. */
  async pressButton(button: string): Promise<void> {
    await this.widget
      .locator('.quick-input-titlebar')
      .getByRole('button', { name: exactly(button) })
      .click();
  }

  async accept(): Promise<void> {
    await this.field.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.hidden();
  }

  private row(label: string): Locator {
    const name = this.page.locator('.quick-input-list-label .label-name').filter({ hasText: exactly(label) });
    return this.widget.locator('.monaco-list-row').filter({ has: name }).first();
  }

  private titled(title: string | RegExp): Locator {
    const hasText = typeof title === 'string' ? exactly(title) : title;
    return this.page.locator('.quick-input-title').filter({ hasText });
  }
}

/** Empty where there is no such element. */
async function textOf(element: Locator): Promise<string> {
  return (await element.allInnerTexts()).join(' ').trim();
}
