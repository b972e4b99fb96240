import type { Locator, Page } from 'playwright-core';
import { exactly } from './exactly.ts';

/** The modal dialog that VS Code shows. */
export class Dialog {
  private readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  async shown(): Promise<this> {
    await this.box.waitFor();
    return this;
  }

  /** Message and detail, a line each. */
  async text(): Promise<string> {
    return (await this.box.locator('.dialog-message-row').innerText()).trim();
  }

  async buttons(): Promise<string[]> {
    const titles = await this.box.locator('.dialog-buttons .monaco-button').allInnerTexts();
    return titles.map((title) => title.trim());
  }

  async press(button: string): Promise<void> {
    await this.box.getByRole('button', { name: exactly(button) }).click();
    await this.box.waitFor({ state: 'hidden' });
  }
}
