import type { Locator, Page } from 'playwright-core';
import { exactly } from './exactly.ts';

/** The context menu or drop-down that is open. */
export class Menu {
  private readonly page: Page;
  private readonly items: Locator;

  constructor(page: Page) {
    this.page = page;
    this.items = page.locator('.monaco-menu .action-item:not(.disabled) .action-menu-item');
  }

  async shown(): Promise<this> {
    await this.items.first().waitFor();
    return this;
  }

  async titles(): Promise<string[]> {
    const titles = await this.items.locator('.action-label').allInnerTexts();
    return titles.map((title) => title.trim());
  }

  async choose(title: string): Promise<void> {
    const label = this.page.locator('.action-label').filter({ hasText: exactly(title) });
    // A menu takes no click for 100 ms, because the one that opened it may still be going on.
    await this.items.filter({ has: label }).first().hover();
    await this.page.keyboard.press('Enter');
    await this.items.first().waitFor({ state: 'hidden' });
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.items.first().waitFor({ state: 'hidden' });
  }
}
