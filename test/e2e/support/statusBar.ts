import type { Locator, Page } from 'playwright-core';

/** The line at the bottom. Items are found by what they show or by what a screen reader says. */
export class StatusBar {
  private readonly items: Locator;

  constructor(page: Page) {
    this.items = page.locator('.statusbar-item').filter({ visible: true });
  }

  item(text: string | RegExp): Locator {
    return this.items.filter({ hasText: text }).first();
  }

  async click(text: string | RegExp): Promise<void> {
    await this.item(text).locator('a').first().click();
  }

  /** What a screen reader says of the item. */
  async ariaLabel(text: string | RegExp): Promise<string> {
    return (await this.item(text).getAttribute('aria-label')) ?? '';
  }

  async texts(): Promise<string[]> {
    const texts = await this.items.allInnerTexts();
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  }
}
