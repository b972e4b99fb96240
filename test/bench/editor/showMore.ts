import type { Tree } from '../../e2e/support/tree.ts';
import type { Workbench } from '../../e2e/support/workbench.ts';
import { patienceMs } from '../../support/runnerHome.ts';
import { waitFor } from '../../support/waitFor.ts';
import { RowSightings } from './rowSightings.ts';

/** In milliseconds. */
export interface ShownMore {
  /** From the mouse button to the first row that was not there before. */
  drawnMs: number;
  /** From the End key to the last row. */
  scrolledMs: number;
}

/** Clicks on a row that shows more rows, and goes to the last one by the End key. */
export async function showMore(workbench: Workbench, tree: Tree, label: string): Promise<ShownMore> {
  const { page } = workbench;
  const list = tree.pane.locator('.monaco-list').first();
  const isInSight = async () => {
    await list.focus();
    await page.keyboard.press('End');
    return (await tree.row(label).isVisible()) || undefined;
  };
  await waitFor(isInSight, { timeoutMs: patienceMs, what: label });
  const before = new Set(await tree.everyLabel());
  const pressed = await page.evaluateHandle(() => {
    const times = { mouse: 0, end: 0 };
    addEventListener('mousedown', () => Object.assign(times, { mouse: Date.now() }), true);
    addEventListener('keydown', ({ key }) => key === 'End' && Object.assign(times, { end: Date.now() }), true);
    return times;
  });
  const sightings = await RowSightings.of(tree);
  /** When the first row was drawn whose label is not among these. */
  const firstOther = (known: ReadonlySet<string>) =>
    waitFor(async () => (await sightings.all()).find((each) => !known.has(each.label))?.at, {
      timeoutMs: patienceMs,
      what: 'other rows',
    });
  await tree.row(label).click();
  const drawnAt = await firstOther(before);
  await tree.settled();
  const seen = new Set([...before, ...(await sightings.all()).map((each) => each.label)]);
  await list.focus();
  await page.keyboard.press('End');
  const scrolledAt = await firstOther(seen);
  const { mouse, end } = await pressed.jsonValue();
  return { drawnMs: drawnAt - mouse, scrolledMs: scrolledAt - end };
}
