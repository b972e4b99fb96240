import type { Locator, Page } from 'playwright-core';
import { exactly } from './exactly.ts';

/** The toasts at the bottom right. Each leaves by itself after 15 to 20 seconds. */
export class Notifications {
  private readonly toasts: Locator;

  constructor(page: Page) {
    this.toasts = page.locator('.notifications-toasts .notification-toast');
  }

  /** Those that are shown now, newest first. */
  async texts(): Promise<string[]> {
    const texts = await this.toasts.locator('.notification-list-item-message').allInnerTexts();
    return texts.map((text) => text.trim());
  }

  /** Waits for the toast. */
  async shown(text: string | RegExp): Promise<void> {
    await this.toast(text).waitFor();
  }

  /** The titles of a toast's buttons. */
  async buttons(text: string | RegExp): Promise<string[]> {
    await this.toast(text).waitFor();
    const buttons = this.toast(text).locator('.notification-list-item-buttons-container .monaco-button');
    return (await buttons.allInnerTexts()).map((title) => title.trim());
  }

  async press(text: string | RegExp, button: string): Promise<void> {
    await this.toast(text)
      .getByRole('button', { name: exactly(button) })
      .click();
  }

  async close(text: string | RegExp): Promise<void> {
    await this.toast(text).hover();
    await this.toast(text)
      .getByRole('button', { name: /^Clear Notification/ })
      .click();
    await this.toast(text).waitFor({ state: 'hidden' });
  }

  private toast(text: string | RegExp): Locator {
    return this.toasts.filter({ hasText: text }).first();
  }
}
