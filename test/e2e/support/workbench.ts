import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import type { Edition } from '../../host/installation.ts';
import type { Server } from '../../host/startServer.ts';
import { Dialog } from './dialog.ts';
import { Notifications } from './notifications.ts';
import { QuickInput } from './quickInput.ts';
import { StatusBar } from './statusBar.ts';
import { Tree } from './tree.ts';

/** `label` is its name in the picker, `setting` in the settings of the oldest VS Code; newer ones know both. */
export const themes = {
  dark: { label: 'Dark Modern', setting: 'Default Dark Modern', file: 'dark_modern' },
  light: { label: 'Light Modern', setting: 'Default Light Modern', file: 'light_modern' },
  hc: { label: 'Dark High Contrast', setting: 'Default High Contrast', file: 'hc_black' },
} as const;

export type Theme = keyof typeof themes;

/** How long anything in the window may take on a busy machine. */
const patienceMs = 30_000;

/** Those of the oldest VS Code have a folder of their own. */
const pictures = { newest: path.resolve('.cache/pictures'), oldest: path.resolve('.cache/pictures/oldest') };

/** One window of VS Code, as a person uses it. */
export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly statusBar: StatusBar;
  readonly dialog: Dialog;
  private readonly pictures: string;
  private theme: Theme;

  private constructor(page: Page, theme: Theme, edition: Edition) {
    this.page = page;
    this.pictures = pictures[edition];
    this.theme = theme;
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.statusBar = new StatusBar(page);
    this.dialog = new Dialog(page);
  }

  /** Opens a window with the folder (or `.code-workspace` file), or an empty one. */
  static async open(profile: BrowserContext, server: Server, theme: Theme, workspace?: string): Promise<Workbench> {
    const page = await profile.newPage();
    page.setDefaultTimeout(patienceMs);
    await page.goto(server.url(workspace));
    await page.locator('.monaco-workbench').waitFor();
    // Extensions are known from then on; commands and views come from them.
    await page.locator('.activitybar .action-item').first().waitFor();
    const workbench = new Workbench(page, theme, server.edition);
    await workbench.themed(theme);
    return workbench;
  }

  /** Clicks an icon of the activity bar, unless what it opens is open. */
  async showContainer(name: string): Promise<void> {
    const tab = this.containerTab(name);
    await tab.waitFor();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.page.locator('.sidebar .composite.title').waitFor();
  }

  /** Makes the side bar so many CSS pixels wide, by its edge. */
  async dragSideBar(width: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (box === null) throw new Error('There is no side bar.');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, y, { steps: 4 });
    await this.page.mouse.up();
  }

  /** The number on an icon of the activity bar; empty without one. */
  async badge(container: string): Promise<string> {
    return (await this.containerTab(container).locator('.badge-content').allInnerTexts()).join('').trim();
  }

  tree(view: string): Tree {
    return new Tree(this.page, view);
  }

  /** Runs a command as the palette names it: `Panopticon: Start Agent...`. */
  async run(title: string): Promise<void> {
    // A webview that has just loaded takes the focus, and the palette closes, or the key is lost: it is pressed again
    // then, as a person would.
    for (let tries = 1; ; tries += 1) {
      await this.page.keyboard.press('F1');
      const isTyped = await this.quickInput.field.fill(`>${title}`, { timeout: 5_000 }).then(
        () => true,
        () => false,
      );
      if (isTyped || tries === 3) break;
    }
    await this.quickInput.pick(title);
  }

  /** Presses keys such as `Control+K G`, one chord after the other. */
  async press(keys: string): Promise<void> {
    for (const chord of keys.split(' ')) await this.page.keyboard.press(chord);
  }

  /** Titles of the open editors, group by group. */
  async tabs(): Promise<string[]> {
    const titles = await this.page.locator('.tabs-container .tab .label-name').allInnerTexts();
    return titles.map((title) => title.trim());
  }

  /** The tab of an open editor. */
  tab(title: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: title }).first();
  }

  async closeEditors(): Promise<void> {
    await this.run('View: Close All Editors');
    await this.page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
  }

  /** The content of the webview panel that is in sight; give the title of its tab where several are open. */
  async webview(title?: string | RegExp): Promise<FrameLocator> {
    if (title !== undefined) await this.tab(title).click();
    const outer = this.page.locator('iframe.webview.ready').filter({ visible: true }).last();
    return outer.contentFrame().frameLocator('#active-frame');
  }

  /** Changes the theme, as a person does: all windows of the server follow. */
  async setTheme(theme: Theme): Promise<void> {
    await this.run('Preferences: Color Theme');
    await this.quickInput.shown();
    await this.quickInput.type(themes[theme].label);
    await this.quickInput.pick(themes[theme].label);
    await this.themed(theme);
  }

  /** Takes a picture: `.cache/pictures/<name>-<theme>.png`. Returns its path. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(this.pictures, { recursive: true });
    const file = path.join(this.pictures, `${name}-${this.theme}.png`);
    await this.page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
    return file;
  }

  close(): Promise<void> {
    return this.page.close();
  }

  /** Waits until the window has the theme: it begins without the one that the settings name. */
  async themed(theme: Theme): Promise<void> {
    this.theme = theme;
    await this.page.locator(`.monaco-workbench[class*="-themes-${themes[theme].file}-"]`).waitFor();
  }

  private containerTab(name: string): Locator {
    return this.page.locator('.activitybar').getByRole('tab', { name: new RegExp(`^${name}( -|$)`) });
  }
}
