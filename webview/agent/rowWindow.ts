/** The rows that are drawn, and the room that the others would take, in pixels. */
export interface RowWindow {
  /** Index of the first row that is drawn, and of the first after them that is not. */
  first: number;
  end: number;
  above: number;
  below: number;
}

/** Drawn beyond both edges, so that scrolling meets no empty room before the next frame. */
const overscan = 400;

/** Which rows of these heights a view of this height shows at this place. */
export function rowWindow(heights: readonly number[], scrollTop: number, viewHeight: number): RowWindow {
  const from = scrollTop - overscan;
  const to = scrollTop + viewHeight + overscan;
  let first = 0;
  let above = 0;
  for (; first < heights.length && above + (heights[first] ?? 0) <= from; first += 1) above += heights[first] ?? 0;
  let end = first;
  let drawn = above;
  for (; end < heights.length && drawn < to; end += 1) drawn += heights[end] ?? 0;
  let below = 0;
  for (let index = end; index < heights.length; index += 1) below += heights[index] ?? 0;
  return { first, end, above, below };
}

/** What stays where it is while rows come, go and change their height: the end, or a row. */
export type Anchor = 'end' | { index: number /** Pixels of the row above the edge. */; offset: number };

/** So near to the end, in pixels, counts as the end. */
const endTolerance = 16;

export function anchorAt(heights: readonly number[], scrollTop: number, viewHeight: number): Anchor {
  const total = heights.reduce((sum, height) => sum + height, 0);
  if (scrollTop + viewHeight >= total - endTolerance) return 'end';
  let top = 0;
  for (const [index, height] of heights.entries()) {
    if (top + height > scrollTop) return { index, offset: scrollTop - top };
    top += height;
  }
  return 'end';
}

/** Where the view has to be scrolled to so that the anchor is where it was. */
export function scrollTopOf(heights: readonly number[], anchor: Anchor, viewHeight: number): number {
  const until = anchor === 'end' ? heights.length : anchor.index;
  let top = 0;
  for (let index = 0; index < until; index += 1) top += heights[index] ?? 0;
  return anchor === 'end' ? Math.max(0, top - viewHeight) : top + anchor.offset;
}
