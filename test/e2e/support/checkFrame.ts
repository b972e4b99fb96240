import axe from 'axe-core';
import type { Frame, FrameLocator, Page } from 'playwright-core';

/** Says of a view what is wrong with it. */
export const checkFrame = { clipped, violations, watch };

/** What axe finds in the view, a line each. */
async function violations(view: FrameLocator): Promise<string[]> {
  const frame = await frameOf(view);
  await frame.evaluate(axe.source);
  const found: unknown = await frame.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, help, nodes }) => id + ': ' + help + ' ' + nodes.slice(0, 5).map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary).join(' ')))`,
  );
  return Array.isArray(found) ? found.map(String) : [];
}

/** As text: what a test's own functions become may call helpers that no page has. */
const findClipped = `(() => {
  const inside = (root) =>
    [...root.querySelectorAll('*')].flatMap((each) => [each, ...(each.shadowRoot === null ? [] : inside(each.shadowRoot))]);
  const cut = inside(document.body).filter((element) => {
    const { overflowX, textOverflow } = getComputedStyle(element);
    if (element.clientWidth <= 1 || element.scrollWidth <= element.clientWidth + 1) return false;
    return (overflowX === 'hidden' || overflowX === 'clip') && textOverflow !== 'ellipsis';
  });
  const { scrollWidth, clientWidth } = document.documentElement;
  return [
    ...cut.map((element) => element.tagName + ' ' + element.className + ': ' + element.textContent.slice(0, 200)),
    ...(scrollWidth > clientWidth ? [scrollWidth + ' pixels in ' + clientWidth] : []),
  ];
})()`;

/** What the view cuts off without a sign of it, and whether all of it has to be scrolled sideways; a line each. */
async function clipped(view: FrameLocator): Promise<string[]> {
  const frame = await frameOf(view);
  return frame.evaluate<string[]>(findClipped);
}

async function frameOf(view: FrameLocator): Promise<Frame> {
  const element = await view.owner().elementHandle();
  const frame = await element?.contentFrame();
  if (frame === null || frame === undefined) throw new Error('The view has no frame.');
  return frame;
}

/** Collects from now on what views write as errors: broken scripts, and what the policy of their page refused. */
function watch(page: Page): () => string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    const isOurs = url.includes('/dist/webview/') || message.text().includes('Content Security Policy');
    if (message.type() === 'error' && isOurs) errors.push(`${url}: ${message.text()}`);
  });
  page.on('pageerror', (error) => {
    if ((error.stack ?? '').includes('/dist/webview/')) errors.push(error.stack ?? error.message);
  });
  return () => errors;
}
