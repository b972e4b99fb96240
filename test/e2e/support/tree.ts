import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../../support/waitFor.ts';
import { exactly } from './exactly.ts';
import { Menu } from './menu.ts';

/** More than the extension asks of a row before it allows from it. */
const settleMs = 1_000;
/** Longer than VS Code takes to draw rows, and to move those below them. */
const restMs = 400;

export interface TreeRow {
  label: string;
  description: string;
  /** Name of the codicon; empty for an icon of another kind or none. */
  icon: string;
  /** What a screen reader says. */
  ariaLabel: string;
  /** 1 for the top. */
  level: number;
  /** Undefined for a leaf. */
  isExpanded: boolean | undefined;
}

/** A tree view. Rows are named by their label. */
export class Tree {
  /** The view with its header. */
  readonly pane: Locator;
  private readonly page: Page;

  constructor(page: Page, view: string) {
    this.page = page;
    const header = page.locator('.pane-header').filter({ has: page.locator('h3', { hasText: exactlyView(view) }) });
    this.pane = page.locator('.pane').filter({ has: header }).filter({ visible: true });
  }

  /** Waits until the view is there, and unfolds it. */
  async shown(): Promise<this> {
    const header = this.pane.locator('.pane-header');
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    return this;
  }

  /** Folds the view, so that others have its room. */
  async folded(): Promise<void> {
    const header = this.pane.locator('.pane-header');
    // Its middle may be one of its icons.
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.locator('h3').click();
    await header.and(this.page.locator('[aria-expanded=false]')).waitFor();
  }

  /** The rows that are drawn, from top to bottom; a long tree draws those in sight. */
  async rows(): Promise<TreeRow[]> {
    // All at once: rows change while they are read one by one.
    const rows = await this.pane.getByRole('treeitem').evaluateAll((elements) =>
      elements.map((element) => ({
        index: Number(element.getAttribute('data-index')),
        label: element.querySelector('.label-name')?.textContent ?? '',
        description: element.querySelector('.label-description')?.textContent ?? '',
        iconClass: element.querySelector('.custom-view-tree-node-item-icon')?.className ?? '',
        ariaLabel: element.getAttribute('aria-label') ?? '',
        level: Number(element.getAttribute('aria-level')),
        expanded: element.getAttribute('aria-expanded'),
      })),
    );
    return rows
      .sort((a, b) => a.index - b.index)
      .map(({ iconClass, expanded, label, description, ariaLabel, level }) => ({
        label,
        description,
        icon: /codicon-(?!modifier)([a-z0-9-]+)/.exec(iconClass)?.[1] ?? '',
        ariaLabel,
        level,
        isExpanded: expanded === null ? undefined : expanded === 'true',
      }));
  }

  /** All labels of a tree that may be longer than what is in sight, from top to bottom; the last rows are in sight then. */
  async everyLabel(): Promise<string[]> {
    const list = this.pane.locator('.monaco-list').first();
    const labels = new Map</* position, from 0 */ number, string>();
    await list.focus();
    await this.page.keyboard.press('Home');
    const probe = async (): Promise<true | undefined> => {
      const drawn = await this.pane.getByRole('treeitem').evaluateAll((rows) =>
        rows.map((row) => ({
          position: Number(row.getAttribute('data-index')),
          isLast: row.getAttribute('data-last-element') === 'true',
          label: row.querySelector('.label-name')?.textContent ?? '',
        })),
      );
      for (const { position, label } of drawn) labels.set(position, label);
      const last = drawn.find(({ isLast }) => isLast);
      if (last !== undefined && labels.size === last.position + 1) return true;
      await this.page.keyboard.press('PageDown');
      return undefined;
    };
    await waitFor(probe, { timeoutMs: 30_000, what: 'all rows to be drawn' });
    return [...labels].sort(([a], [b]) => a - b).map(([, label]) => label);
  }

  async labels(): Promise<string[]> {
    return (await this.rows()).map(({ label }) => label);
  }

  /** One row; `waitFor`, `getAttribute`, and the like wait until it is there. */
  row(label: string | RegExp): Locator {
    const name = this.page.locator('.label-name').filter({
      hasText: typeof label === 'string' ? exactly(label) : label,
    });
    return this.pane.getByRole('treeitem').filter({ has: name }).first();
  }

  async click(label: string | RegExp): Promise<void> {
    await this.row(label).waitFor();
    await this.settled(restMs);
    await this.uncover();
    await this.row(label).click();
  }

  /** Unfolds a row; one that is unfolded stays so. */
  async expand(label: string | RegExp): Promise<void> {
    const row = this.row(label);
    await row.waitFor();
    await this.uncover();
    if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click();
    await row.and(this.page.locator('[aria-expanded=true]')).waitFor();
  }

  /** Unfolds all rows of the top. */
  async expandAll(): Promise<void> {
    const folded = (await this.rows()).filter(({ level, isExpanded }) => level === 1 && isExpanded === false);
    for (const { label } of folded) await this.expand(label);
  }

  /** Presses keys while the row has the focus. */
  async press(label: string | RegExp, keys: string): Promise<void> {
    await this.click(label);
    await this.page.keyboard.press(keys);
  }

  /** Titles of the icons that a row shows under the pointer. */
  async actions(label: string | RegExp): Promise<string[]> {
    await this.uncover();
    await this.row(label).hover();
    return titlesOf(this.row(label).locator('.actions .action-label:visible'));
  }

  async pressAction(label: string | RegExp, title: string): Promise<void> {
    await this.uncover();
    await this.row(label).hover();
    await this.settled(title === 'Allow Once' || title === 'Deny' ? settleMs : restMs);
    await this.row(label)
      .getByRole('button', { name: exactly(title) })
      .click();
  }

  /**
   * Waits until the rows say the same for a while. What is clicked while they change is another row; and rows that
   * changed just before a click are asked about again: nobody can have seen what they say.
   */
  async settled(forMs = settleMs): Promise<void> {
    let labels = '';
    let since = 0;
    const probe = async (): Promise<true | undefined> => {
      const now = JSON.stringify(await this.labels());
      if (now !== labels) since = performance.now();
      labels = now;
      return performance.now() - since > forMs ? true : undefined;
    };
    await waitFor(probe, { timeoutMs: 10_000, what: 'the rows to settle' });
  }

  /** The tooltip of what the pointer was left on may lie over other rows. */
  private async uncover(): Promise<void> {
    const tooltip = this.page.locator('.workbench-hover').filter({ visible: true }).first();
    const gone = async (): Promise<true | undefined> => {
      const box = await tooltip.boundingBox({ timeout: 1_000 }).catch(() => null);
      // One that came when the pointer had left already goes when the pointer leaves it, too.
      if (box !== null) await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await this.page.mouse.move(900, 500, { steps: 3 });
      return tooltip.waitFor({ state: 'hidden', timeout: 2_000 }).then(
        () => true,
        () => undefined,
      );
    };
    if (await tooltip.isVisible()) await waitFor(gone, { timeoutMs: 30_000, what: 'the tooltip to leave' });
  }

  /** Opens the row's context menu. */
  async menu(label: string | RegExp): Promise<Menu> {
    await this.uncover();
    await this.row(label).click({ button: 'right' });
    return new Menu(this.page).shown();
  }

  /** Titles of the icons in the view's header. */
  async titleActions(): Promise<string[]> {
    await this.pane.hover();
    return titlesOf(this.pane.locator('.pane-header .actions .action-label:visible'));
  }

  async pressTitleAction(title: string): Promise<void> {
    await this.pane.hover();
    await this.pane
      .locator('.pane-header .actions')
      .getByRole('button', { name: exactly(title) })
      .click();
  }

  /** Opens what is behind the three dots in the view's header. */
  async overflow(): Promise<Menu> {
    await this.pane.hover();
    await this.pane.locator('.pane-header .codicon-toolbar-more').click();
    return new Menu(this.page).shown();
  }

  /** The text beside the view's title. */
  async description(): Promise<string> {
    return (await this.pane.locator('.pane-header .description').allInnerTexts()).join(' ').trim();
  }

  /** What a view without rows says, a line a paragraph or button. */
  async welcome(): Promise<string[]> {
    const content = this.pane.locator('.welcome-view-content');
    await content.waitFor();
    return (await content.innerText())
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }

  async pressWelcome(button: string): Promise<void> {
    await this.pane
      .locator('.welcome-view-content')
      .getByRole('button', { name: exactly(button) })
      .click();
  }
}

/** A container with one view puts its own name first: `Panopticon: Agents`. */
function exactlyView(view: string): RegExp {
  return new RegExp(`^(.*: )?${view}$`, 'i');
}

async function titlesOf(actions: Locator): Promise<string[]> {
  const titles = await Promise.all((await actions.all()).map((action) => action.getAttribute('aria-label')));
  return titles.flatMap((title) => (title === null ? [] : [title.replace(/ \([^()]+\)$/, '')]));
}
